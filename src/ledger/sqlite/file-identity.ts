import Libsql from 'libsql';
import { configurationError, type ObnError } from '../../findings/error.js';
import { type FileIdentity, fileIdentity, isSameFile } from '../../platform/file-identity.js';
import { fileSize, followLinks } from '../../platform/files.js';
import { reserveFile } from '../../platform/record-file.js';

const HINT =
  'nothing more was handed over; put the file back, with its -wal file if there is one, or the newest backup, and run the same command again';

/**
 * Proves that the files at the path of a ledger are the files that are open. SQLite does not notice when they are
 * removed, renamed or replaced, and goes on with files that nobody finds again.
 */
export class LedgerFile {
  private file: FileIdentity | undefined;
  private log: FileIdentity | undefined;
  private lost: ObnError | undefined;

  /**
   * @param path links followed, as SQLite puts the log beside the file itself
   * @param isWhole whether all pages are there, of a file that has become shorter
   */
  constructor(
    private readonly path: string,
    private readonly isWhole: () => boolean,
  ) {
    this.file = fileIdentity(path);
  }

  /** Costs two stat calls. @throws ObnError, from then on every time, when the files are not those that are open. */
  prove(): void {
    if (this.lost) throw this.lost;
    const what = this.difference();
    if (what === undefined) return;
    this.lost = configurationError(`the ledger ${this.path} ${what} while it was in use`, { hint: HINT });
    throw this.lost;
  }

  /** @throws ObnError when the file has fewer bytes than the database in it, and they are not in the log either */
  requireBytes(bytesOf: () => number): void {
    const isShort = () =>
      (fileIdentity(`${this.path}-wal`)?.size ?? 0n) === 0n &&
      bytesOf() > Number(fileIdentity(this.path)?.size ?? 0n);
    // Another process may just have made it shorter by erasing a person.
    if (!isShort() || !isShort()) return;
    throw configurationError(`the ledger ${this.path} is damaged: its end is missing`, {
      hint: 'restore its newest copy',
    });
  }

  /** What has become of the files, if anything. */
  private difference(): string | undefined {
    const file = fileIdentity(this.path);
    if (!file) return 'was removed or renamed';
    if (!this.file || !isSameFile(file, this.file)) return 'was replaced by another file';
    // Erasing a person makes a ledger shorter, too.
    // To look into an empty file would make SQLite remove its log.
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
 * The file of a ledger before it is opened, made where there is none.
 * @throws ObnError when it cannot be made, and when it is gone but its log is there
 */
export async function identify(file: string): Promise<LedgerFile> {
  // SQLite would throw the log away when it finds no file, or an empty one, beside it. The log is looked at first: while
  // another process makes the ledger, the file has its first page before there is a log.
  if ((await fileSize(`${file}-wal`)) > 0 && (await fileSize(file)) === 0) {
    throw configurationError(`the ledger ${file} is missing or empty, but its log ${file}-wal is there`, {
      hint: 'put the ledger back beside its log; if it is gone for good, move the log to another folder',
    });
  }
  await reserveFile(file);
  const path = await followLinks(file);
  return new LedgerFile(path, () => isWhole(path));
}

/** Whether all pages of a database are there; a connection of its own has none of them in memory. */
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
