import Libsql from 'libsql';
import { configurationError, type ObnError } from '../../findings/error.js';
import { type FileIdentity, fileIdentity, isSameFile } from '../../platform/file-identity.js';
import { fileSize, followLinks } from '../../platform/files.js';
import { reserveFile } from '../../platform/record-file.js';

const HINT =
  'nothing more was handed over; restore the file, with its -wal file if there is one, or the newest backup, then run the same command again';

/**
 * Verifies that the files at the path of a ledger are the open ones. SQLite does not notice when they are
 * removed, renamed or replaced, and continues to write to files that are lost.
 */
export class LedgerFile {
  private file: FileIdentity | undefined;
  private log: FileIdentity | undefined;
  private lost: ObnError | undefined;

  /**
   * @param path with links followed, because SQLite puts the log beside the real file
   * @param isWhole whether a file that became shorter still has all pages
   */
  constructor(
    private readonly path: string,
    private readonly isWhole: () => boolean,
  ) {
    this.file = fileIdentity(path);
  }

  /** Costs two stat calls. @throws ObnError, from then on every time, if the files are not the open ones */
  prove(): void {
    if (this.lost) throw this.lost;
    const what = this.difference();
    if (what === undefined) return;
    this.lost = configurationError(`the ledger ${this.path} ${what} while it was in use`, { hint: HINT });
    throw this.lost;
  }

  /** @throws ObnError if the file is shorter than its database, and the rest is not in the log either */
  requireBytes(bytesOf: () => number): void {
    const isShort = () =>
      (fileIdentity(`${this.path}-wal`)?.size ?? 0n) === 0n &&
      bytesOf() > Number(fileIdentity(this.path)?.size ?? 0n);
    // Another process may have just shortened it by erasing a person.
    if (!isShort() || !isShort()) return;
    throw configurationError(`the ledger ${this.path} is damaged: its end is missing`, {
      hint: 'restore its newest copy',
    });
  }

  /** How the files have changed, or undefined. */
  private difference(): string | undefined {
    const file = fileIdentity(this.path);
    if (!file) return 'was removed or renamed';
    if (!this.file || !isSameFile(file, this.file)) return 'was replaced by another file';
    // Erasing a person also makes a ledger shorter.
    // Opening an empty file would make SQLite remove its log.
    if (file.size < this.file.size && (file.size === 0n || !this.isWhole())) return 'was truncated';
    this.file = file;
    const log = fileIdentity(`${this.path}-wal`);
    if (this.log && !log) return 'has lost its -wal file, which was removed or renamed';
    if (this.log && log && !isSameFile(log, this.log)) return 'had its -wal file replaced';
    this.log = log;
    return undefined;
  }
}

/**
 * Prepares the file of a ledger, and creates it if there is none.
 * @throws ObnError if it cannot be created, and if it is missing but its log exists
 */
export async function identify(file: string): Promise<LedgerFile> {
  // SQLite would delete the log if its file is missing or empty. The log is checked first: while
  // another process creates the ledger, the file has its first page before there is a log.
  if ((await fileSize(`${file}-wal`)) > 0 && (await fileSize(file)) === 0) {
    throw configurationError(`the ledger ${file} is missing or empty, but its log ${file}-wal exists`, {
      hint: 'restore the ledger beside its log; if you cannot, move the log to another folder',
    });
  }
  await reserveFile(file);
  const path = await followLinks(file);
  return new LedgerFile(path, () => isWhole(path));
}

/** Whether a database has all its pages. Uses a new connection, which has none of them in memory. */
function isWhole(path: string): boolean {
  const connection = new Libsql(path);
  try {
    const [row] = connection.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    return row?.quick_check === 'ok';
  } catch {
    return false;
  } finally {
    connection.close();
  }
}
