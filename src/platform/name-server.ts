import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { EXIT, messageOf, ObnError, usageError } from '../findings/error.js';
import { errorCode } from './files.js';

/** DNS queries. A name without such records gives an empty result, not an error. */
export interface NameServer {
  /** TXT records, each joined into one string. */
  texts(name: string): Promise<string[]>;
  /** CNAME target. */
  alias(name: string): Promise<string | undefined>;
  /** MX hosts, in order of preference. */
  mailHosts(name: string): Promise<string[]>;
}

const TIMEOUT_MS = 3_000;
const TRIES = 2;

/** Error codes that mean "no such record". */
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Creates a DNS client.
 * @param address of the server, such as `9.9.9.9`, `127.0.0.1:5353` or `[::1]:5353`. Default: the system's
 * servers
 * @throws ObnError (usage) for an invalid address. Each query throws ObnError when there is no response.
 */
export function openNameServer(address?: string): NameServer {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (address !== undefined) setServer(resolver, address);
  const ask = async <T>(name: string, question: Promise<T>, none: T): Promise<T> => {
    try {
      return await question;
    } catch (error) {
      if (NONE.has(errorCode(error) ?? '')) return none;
      throw new ObnError(EXIT.configuration, `DNS lookup of ${name} failed: ${reasonOf(error)}`, {
        hint: 'check the DNS settings of this machine, or use another server with --dns',
        cause: error,
      });
    }
  };
  return {
    async texts(name) {
      return (await ask(name, resolver.resolveTxt(name), [])).map((pieces) => pieces.join(''));
    },
    async alias(name) {
      return (await ask(name, resolver.resolveCname(name), []))[0]?.toLowerCase();
    },
    async mailHosts(name) {
      const hosts = await ask(name, resolver.resolveMx(name), []);
      return hosts.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange.toLowerCase());
    },
  };
}

function setServer(resolver: Resolver, address: string): void {
  const port = Number(/^(?:\[.+\]|[^:]+):(\d+)$/.exec(address)?.[1] ?? 53);
  const host = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([^:]+):\d+$/, '$1');
  const hint = 'such as 9.9.9.9, 127.0.0.1:5353 or [::1]:5353';
  try {
    if (isIP(host) === 0 || port < 1 || port > 65_535) throw new Error('no address');
    resolver.setServers([address]);
  } catch {
    throw usageError(`"${address}" is not the address of a name server`, hint);
  }
}

function reasonOf(error: unknown): string {
  const code = errorCode(error) ?? '';
  if (code === 'ETIMEOUT') return 'the server did not respond';
  if (code === 'ECONNREFUSED') return 'the server refused the connection';
  if (code === 'ESERVFAIL') return 'the server failed (SERVFAIL)';
  return code || messageOf(error);
}
