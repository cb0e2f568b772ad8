import { resolve } from 'node:path';
import type { ClientConfig } from 'pg';
import { usageError } from '../../findings/error.js';
import { readText } from '../../platform/files.js';
import { isLoopback } from '../../platform/loopback.js';

/** Where a ledger is, as it was read out of its URL. */
export interface Address {
  readonly config: ClientConfig;
  /** Host, port and database: what messages call the ledger. */
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
 * difference: where nothing is said, a server on another machine has to show a certificate that is valid for its name.
 * @param root folder that the files of certificates are meant from.
 * @throws ObnError for what is no such address; it never shows the password.
 */
export async function readAddress(text: string, root: string): Promise<Address> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) {
    throw usageError(
      'the address of the ledger is no URL',
      'special characters of a password are written as %40',
    );
  }
  const query = url.searchParams;
  const unknown = [...query.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown) throw usageError(`the address of the ledger has an unknown parameter "${unknown}"`, known());
  const host = query.get('host') ?? (decoded(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost');
  const database = decoded(url.pathname.slice(1));
  if (database === '')
    throw usageError('the address of the ledger names no database', 'postgres://host/database');
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
  return `there are ${PARAMETERS.join(', ')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw usageError('the address of the ledger has a stray %', 'a percent sign is written as %25');
  }
}

function secondsOf(text: string | null): number {
  if (text === null) return CONNECT_SECONDS;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw usageError('connect_timeout is a number of seconds');
  return Number(text);
}

type Tls = Exclude<ClientConfig['ssl'], undefined>;

/** What `sslmode` asks for (PostgreSQL documentation, section 32.19, SSL support). */
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
    throw usageError('sslmode=verify-ca needs sslrootcert', 'name the file of the certificate');
  const hint =
    'there are verify-full, verify-ca, require and disable; what falls back to plain text is not taken';
  throw usageError(`the address of the ledger has the sslmode "${mode}"`, hint);
}
