import { resolve } from 'node:path';
import type { ClientConfig } from 'pg';
import { usageError } from '../../findings/error.js';
import { readText } from '../../platform/files.js';
import { isLoopback } from '../../platform/loopback.js';

/** The parsed URL of a ledger. */
export interface Address {
  readonly config: ClientConfig;
  /** Host, port and database: the name of the ledger in messages. */
  readonly label: string;
}

const PARAMETERS = [
  'application_name',
  'connect_timeout',
  'host',
  'sslcert',
  'sslkey',
  'sslmode',
  'sslrootcert',
];
const CONNECT_SECONDS = 10;

/**
 * Reads `postgres://user:password@host:port/database?sslmode=verify-full&sslrootcert=ca.pem` as libpq does, with one
 * difference: by default, a server on another machine must have a certificate that is valid for its name.
 * @param root the folder that paths of certificate files start from
 * @throws ObnError for an invalid address; it never shows the password
 */
export async function readAddress(text: string, root: string): Promise<Address> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) {
    throw usageError(
      'the address of the ledger is not a URL',
      'percent-encode special characters in the password, such as %40 for @',
    );
  }
  const query = url.searchParams;
  const unknown = [...query.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown) throw usageError(`the address of the ledger has an unknown parameter "${unknown}"`, known());
  const host = query.get('host') ?? (decoded(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost');
  const database = decoded(url.pathname.slice(1));
  if (database === '')
    throw usageError('the address of the ledger has no database', 'use the form postgres://host/database');
  const port = url.port === '' ? 5432 : Number(url.port);
  const config: ClientConfig = {
    host,
    port,
    database,
    ssl: await tlsOf(query, host, root),
    application_name: query.get('application_name') ?? 'obn',
    connectionTimeoutMillis: 1000 * secondsOf(query.get('connect_timeout')),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  if (url.username !== '') config.user = decoded(url.username);
  if (url.password !== '') config.password = decoded(url.password);
  return { config, label: `${host}:${port}/${database}` };
}

function known(): string {
  return `valid parameters: ${PARAMETERS.join(', ')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw usageError('the address of the ledger has a stray %', 'write a percent sign as %25');
  }
}

function secondsOf(text: string | null): number {
  if (text === null) return CONNECT_SECONDS;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw usageError('connect_timeout must be a number of seconds');
  return Number(text);
}

type Tls = Exclude<ClientConfig['ssl'], undefined>;

/** The TLS options for `sslmode` (PostgreSQL documentation, section 32.19, SSL support). */
async function tlsOf(query: URLSearchParams, host: string, root: string): Promise<Tls> {
  const near = isLoopback(host) || host.startsWith('/');
  const mode = query.get('sslmode') ?? (near ? 'disable' : 'verify-full');
  const read = async (name: string) => {
    const file = query.get(name);
    return file === null || file === 'system' ? undefined : readText(resolve(root, file));
  };
  if (mode === 'disable') return false;
  const files = { ca: await read('sslrootcert'), cert: await read('sslcert'), key: await read('sslkey') };
  const tls = Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined));
  if (mode === 'verify-full') return tls;
  if (mode === 'require' && !files.ca) return { ...tls, rejectUnauthorized: false };
  if (mode === 'require' || (mode === 'verify-ca' && files.ca)) {
    return { ...tls, checkServerIdentity: () => undefined };
  }
  if (mode === 'verify-ca')
    throw usageError('sslmode=verify-ca needs sslrootcert', 'set sslrootcert to the path of the certificate');
  const hint =
    'use verify-full, verify-ca, require or disable; obn does not support modes that fall back to plain text';
  throw usageError(`the address of the ledger has the sslmode "${mode}"`, hint);
}
