import { dirname } from 'node:path';
import { configurationError } from '../../findings/error.js';
import { networkFileSystem } from '../../platform/file-identity.js';

/** @throws ObnError for a ledger on a network file system, where SQLite's locks and shared memory do not work */
export function requireLocalDisk(file: string, kindOf = networkFileSystem): void {
  const kind = kindOf(dirname(file));
  if (kind === undefined) return;
  throw configurationError(
    `the ledger ${file} is on a network file system (${kind}), where file locks are not reliable`,
    {
      hint: 'keep it on a local disk (OBN_LEDGER=sqlite:/var/lib/obn/ledger.db), or use a PostgreSQL server (postgres://…)',
    },
  );
}
