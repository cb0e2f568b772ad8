import { configurationError, messageOf, ObnError } from '../../findings/error.js';
import { errorCode } from '../../platform/files.js';

/**
 * The connection broke or could not be made, according to the system or the server (class 08, shutdown, start, failover). Or the
 * server gave up on a statement (57014, a timeout or an administrator) or on a lock (55P03), which may pass.
 */
const AWAY_CODES =
  /^(?:08...|57P0[1-5]|57014|55P03|53300|25006|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENET\w+|ENOTFOUND|EAI_AGAIN)$/;
/** Messages of node-postgres. */
const AWAY_WORDS =
  /^(?:Connection terminated|Query read timeout|timeout expired|Client has encountered a connection error)/;

/** Whether the server is lost, and may come back. The result of the last statement is then unknown. */
export function isAway(error: unknown): boolean {
  return AWAY_CODES.test(errorCode(error) ?? '') || AWAY_WORDS.test(messageOf(error));
}

/** Whether two transactions conflicted. This one had no effect. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(errorCode(error) ?? '');
}

type Remedy = readonly [pattern: RegExp, reason: string | undefined, hint: string];

const GRANTS = 'grant the rights listed in docs/ledger.md';

/** Errors by SQLSTATE, system code or message, with reason and hint. Without a reason, the server's message is used. */
const REMEDIES: readonly Remedy[] = [
  [/^ECONNREFUSED/, 'connection refused', 'check that the server is running, and check host and port'],
  [/^(?:ENOTFOUND|EAI_AGAIN)/, 'host not found', 'check the host in the address of the ledger'],
  [/^(?:ENOENT|EACCES)/, undefined, 'check that this is the socket folder of a running server'],
  [/^(?:ETIMEDOUT|EHOST|ENET)|timeout expired/, 'it does not answer', 'check for a firewall in between'],
  [/^28P01/, 'wrong user or password', 'check user and password in the address of the ledger'],
  [/client password must be/, 'it requires a password', 'add it to the address: postgres://user:password@…'],
  [/^28000/, undefined, 'allow the connection in pg_hba.conf of the server'],
  [/^3D000/, 'database not found', 'create it: createdb NAME'],
  [/^3F000|^42P01/, undefined, 'tables were removed; restore them from a backup'],
  [/^42501/, undefined, GRANTS],
  [/^53300/, 'it has no free connections', 'raise max_connections of the server, or close other connections'],
  [/^53100/, 'its disk is full', 'free some space, then run the same command again'],
  [/^25006/, 'it is read-only', 'if it is a standby, use the primary in the address of the ledger'],
  [
    /does not support SSL/,
    'it does not support TLS',
    'enable TLS on the server, or add sslmode=disable on a network that you trust',
  ],
  [
    /CERT|SELF_SIGNED|VERIFY|ISSUER|ALTNAME/,
    undefined,
    'add sslrootcert=FILE with the trusted certificate to the address; the certificate must be valid for the host',
  ],
  [/^55P03|^57014/, undefined, 'another process blocks it; run the same command again'],
];

/** An error of the ledger with its remedy. It never contains the password. */
export function ledgerError(label: string, error: unknown): Error {
  if (error instanceof ObnError) return error;
  const words = messageOf(error);
  const text = `${errorCode(error) ?? ''} ${words}`.trim();
  const [, reason, hint] = REMEDIES.find(([pattern]) => pattern.test(text)) ?? [];
  if (hint === undefined && !isFromServer(error)) return error instanceof Error ? error : new Error(words);
  return configurationError(`the ledger ${label} cannot be used: ${reason ?? words}`, { hint, cause: error });
}

/** Why the server is lost, in a few words. */
export function reasonOf(error: unknown): string {
  const text = `${errorCode(error) ?? ''} ${messageOf(error)}`.trim();
  return REMEDIES.find(([pattern]) => pattern.test(text))?.[1] ?? messageOf(error);
}

function isFromServer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}
