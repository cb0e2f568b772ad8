import { configurationError, messageOf, ObnError } from '../../findings/error.js';
import { errorCode } from '../../platform/files.js';

/**
 * The connection broke, or there is none: the system says so, or the server (class 08, shutdown, start, failover). Or the
 * server gave up on a statement (57014, a timeout or an administrator) or on a lock (55P03), which may pass.
 */
const AWAY_CODES =
  /^(?:08...|57P0[1-5]|57014|55P03|53300|25006|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENET\w+|ENOTFOUND|EAI_AGAIN)$/;
/** What node-postgres says in its own words. */
const AWAY_WORDS =
  /^(?:Connection terminated|Query read timeout|timeout expired|Client has encountered a connection error)/;

/** Whether the server has gone, and may come back; what became of the last statement is not known then. */
export function isAway(error: unknown): boolean {
  return AWAY_CODES.test(errorCode(error) ?? '') || AWAY_WORDS.test(messageOf(error));
}

/** Whether two transactions were in each other's way; this one has had no effect. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(errorCode(error) ?? '');
}

type Remedy = readonly [pattern: RegExp, reason: string | undefined, hint: string];

const GRANTS = 'docs/ledger.md says which rights it needs';

/** By SQLSTATE, the code of the system or the words; without a reason, that of the server is told. */
const REMEDIES: readonly Remedy[] = [
  [/^ECONNREFUSED/, 'nothing listens there', 'is the server running, and are host and port right?'],
  [/^(?:ENOTFOUND|EAI_AGAIN)/, 'there is no such host', 'look at the host in the address of the ledger'],
  [/^(?:ENOENT|EACCES)/, undefined, 'is that the folder of the socket of a server that is running?'],
  [/^(?:ETIMEDOUT|EHOST|ENET)|timeout expired/, 'it does not answer', 'is there a firewall between?'],
  [/^28P01/, 'the password is not taken', 'the name and the password stand in the address of the ledger'],
  [
    /client password must be/,
    'it asks for a password',
    'write it into the address: postgres://user:password@…',
  ],
  [/^28000/, undefined, 'pg_hba.conf of the server says who may come, and how'],
  [/^3D000/, 'there is no such database', 'create it: createdb NAME'],
  [/^3F000|^42P01/, undefined, 'somebody has taken tables away; bring them back from a backup'],
  [/^42501/, undefined, GRANTS],
  [/^53300/, 'it has no connection left', 'raise max_connections of the server, or end what holds them'],
  [/^53100/, 'its disk is full', 'make room, and run the same command again'],
  [/^25006/, 'it is read-only', 'is it a standby? name the primary in the address of the ledger'],
  [
    /does not support SSL/,
    'it does not speak TLS',
    'switch it on there, or say sslmode=disable on a network you trust',
  ],
  [
    /CERT|SELF_SIGNED|VERIFY|ISSUER|ALTNAME/,
    undefined,
    'sslrootcert=FILE in the address names the certificate that is trusted; the host must be one that it is made for',
  ],
  [/^55P03|^57014/, undefined, 'another process holds it up; run the same command again'],
];

/** Any error of the ledger as a sentence, with what to do. The password is in none of them. */
export function ledgerError(label: string, error: unknown): Error {
  if (error instanceof ObnError) return error;
  const words = messageOf(error);
  const text = `${errorCode(error) ?? ''} ${words}`.trim();
  const [, reason, hint] = REMEDIES.find(([pattern]) => pattern.test(text)) ?? [];
  if (hint === undefined && !isFromServer(error)) return error instanceof Error ? error : new Error(words);
  return configurationError(`the ledger ${label} cannot be used: ${reason ?? words}`, { hint, cause: error });
}

/** Why the server is away, in a few words. */
export function reasonOf(error: unknown): string {
  const text = `${errorCode(error) ?? ''} ${messageOf(error)}`.trim();
  return REMEDIES.find(([pattern]) => pattern.test(text))?.[1] ?? messageOf(error);
}

function isFromServer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}
