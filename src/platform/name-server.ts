import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { EXIT, messageOf, ObnError, usageError } from '../findings/error.js';
import { errorCode } from './files.js';

/** What is asked of the DNS; a name without such records has none of them, which is no error. */
export interface NameServer {
  /** The texts of a name, each in one piece. */
  texts(name: string): Promise<string[]>;
  /** The name that a name stands for. */
  alias(name: string): Promise<string | undefined>;
  /** The hosts that take mail for a name, the preferred first. */
  mailHosts(name: string): Promise<string[]>;
}

const TIMEOUT_MS = 3_000;
const TRIES = 2;

/** The names are there, or they are not; anything else is no answer. */
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Asks a name server.
 * @param address of the server, such as `9.9.9.9`, `127.0.0.1:5353` or `[::1]:5353`; left out, those of this machine
 * @throws ObnError (usage) for what is no such address; each question throws ObnError when there is no answer.
 */
export function openNameServer(address?: string): NameServer {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (address !== undefined) setServer(resolver, address);
  const ask = async <T>(name: string, question: Promise<T>, none: T): Promise<T> => {
    try {
      return await question;
    } catch (error) {
      if (NONE.has(errorCode(error) ?? '')) return none;
      throw new ObnError(
        EXIT.configuration,
        `the name server has no answer for ${name}: ${reasonOf(error)}`,
        {
          hint: 'look whether this machine can ask the DNS, or name another server with --dns',
          cause: error,
        },
      );
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
  if (code === 'ETIMEOUT') return 'none within some seconds';
  if (code === 'ECONNREFUSED') return 'it refuses the connection';
  if (code === 'ESERVFAIL') return 'it has failed itself (SERVFAIL)';
  return code || messageOf(error);
}
