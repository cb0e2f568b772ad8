import Libsql from 'libsql';
import pLimit from 'p-limit';
import { configurationError, messageOf, ObnError } from '../../findings/error.js';
import { systemClock } from '../../platform/clock.js';
import { identify, type LedgerFile } from './file-identity.js';
import { migrations } from './migrations.js';

type Value = string | number | null;

/** How long a process waits for another one that is writing. Freezing a large list takes a minute. */
const PATIENCE_MS = 5 * 60_000;
/** How long erasing waits for readers of the file. obn itself reads for a shorter time. */
const READERS_MS = 5_000;
/** SQLite blocks the whole process while it waits, so it waits only while opening, and briefly for readers. */
const OPENING_MS = 60_000;
const BLOCKED_MS = 200;
/** The pauses between attempts to begin a transaction; the last one repeats. */
const PAUSES_MS = [1, 2, 5, 10, 20];
const PAGE_ROWS = 500;

/** The name of an in-memory database. */
const IN_MEMORY = ':memory:';

/** A SQLite file, with prepared statements, transactions, and errors that name the file. */
export class Database {
  private readonly statements = new Map<string, Libsql.Statement<Value[]>>();
  /** Only one caller waits for the write lock. The others queue behind it, so that waiting costs little. */
  private readonly turn = pLimit(1);
  private hasWritten = false;

  private constructor(
    private readonly file: string,
    private readonly connection: Libsql.Database,
    /** The file at the path; undefined: in memory. */
    private readonly identity: LedgerFile | undefined,
    private readonly patienceMs: number,
  ) {}

  /**
   * Opens a file, or creates it.
   * @param patienceMs how long a transaction waits for another process that writes
   * @throws ObnError if the file cannot be opened, is not a ledger, or is from a newer version of obn
   */
  static async open(file: string, patienceMs = PATIENCE_MS): Promise<Database> {
    const identity = file === IN_MEMORY ? undefined : await identify(file);
    try {
      const connection = new Libsql(file);
      const database = new Database(file, connection, identity, patienceMs);
      connection.exec(`pragma busy_timeout = ${OPENING_MS}`);
      connection.exec('pragma journal_mode = wal');
      connection.exec('pragma synchronous = full');
      connection.exec('pragma foreign_keys = on');
      database.migrate();
      identity?.prove();
      identity?.requireBytes(() => database.bytes());
      connection.exec(`pragma busy_timeout = ${BLOCKED_MS}`);
      return database;
    } catch (error) {
      throw ledgerError(file, error);
    }
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.guard(() => this.statement(sql).all(...values) as Row[]);
  }

  /** @returns the number of changed rows */
  run(sql: string, ...values: Value[]): number {
    return this.guard(() => this.statement(sql).run(...values).changes);
  }

  /**
   * Streams rows by an increasing key, without an open cursor. `sql` ends in `> ? order by … limit ?`.
   * @param first a value below every key
   */
  *pages<Row, Key extends string | number>(
    sql: string,
    keyOf: (row: Row) => Key,
    first: Key,
    ...values: Value[]
  ): Generator<Row> {
    for (let after = first; ; ) {
      const rows = this.all<Row>(sql, ...values, after, PAGE_ROWS);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE_ROWS) return;
      after = keyOf(last);
    }
  }

  /** Runs `work` in one write transaction: all of it is durable, or nothing happened. */
  transaction<T>(work: () => T): Promise<T> {
    return this.begun(() => this.finish(work));
  }

  /**
   * As {@link transaction}, but also erases deleted data from the files. Earlier versions of a row
   * stay in free space until the file is rewritten, and in the log while another process reads it.
   * @throws ObnError also if the work succeeded but the files could not be cleaned; repeating it cleans them
   */
  async erasingTransaction<T>(work: () => T): Promise<T> {
    const result = await this.transaction(work);
    try {
      await this.patiently(() => this.connection.exec('vacuum'), systemClock.steady() + this.patienceMs);
      await this.patiently(() => this.emptyLog(), systemClock.steady() + READERS_MS);
    } catch (error) {
      throw configurationError(`the erased data is still in free space of ${this.file}: ${reasonOf(error)}`, {
        hint: 'make sure that the disk has room for a second copy of the ledger and that no other program reads it, then run the same command again',
        cause: error,
      });
    }
    return result;
  }

  /** As {@link transaction}, for work that waits for input. Nothing else may use the database meanwhile. */
  longTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.begun(async () => {
      try {
        const result = await work();
        this.commit();
        return result;
      } catch (error) {
        this.rollback();
        throw error;
      }
    });
  }

  /**
   * Moves everything into one file, so that a copy of it is complete. libsql closes the file only at garbage collection.
   * @throws ObnError if the written data is not in the file at the path
   */
  close(): void {
    this.statements.clear();
    // Files that replaced the ledger may be in use, so they are not touched.
    if (this.hasWritten) this.identity?.prove();
    try {
      this.emptyLog();
    } catch {
      // Another process uses the file, so the log stays.
    }
    this.connection.close();
  }

  /** Moves the log into the file. @throws as for any lock, if another process still reads it */
  private emptyLog(): void {
    const [row] = this.connection.prepare('pragma wal_checkpoint(truncate)').all() as { busy: number }[];
    if (row?.busy) throw new Error('database is locked');
  }

  private finish<T>(work: () => T): T {
    try {
      const result = work();
      this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Begins a write transaction when no other is open, in this process or another, then runs `then`. */
  private begun<T>(then: () => T | Promise<T>): Promise<T> {
    const end = systemClock.steady() + this.patienceMs;
    return this.turn(async () => {
      await this.patiently(() => this.begin(), end);
      return then();
    });
  }

  /** Waits for other processes without blocking this one, until a time of the steady clock. */
  private async patiently(work: () => void, end: number): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || systemClock.steady() > end) throw error;
      }
      await systemClock.sleep(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0);
    }
  }

  /** @throws immediately while another process writes */
  private begin(): void {
    this.connection.exec('pragma busy_timeout = 0');
    try {
      this.guard(() => this.connection.exec('begin immediate'));
    } finally {
      this.connection.exec(`pragma busy_timeout = ${BLOCKED_MS}`);
    }
  }

  private commit(): void {
    this.identity?.prove();
    this.guard(() => this.connection.exec('commit'));
    this.hasWritten = true;
  }

  private rollback(): void {
    if (this.connection.inTransaction) this.connection.exec('rollback');
  }

  private statement(sql: string): Libsql.Statement<Value[]> {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare<Value[]>(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw ledgerError(this.file, error);
    }
  }

  /** How many migrations the file has; 0: it is new. */
  private version(): number {
    const made = this.all(`select 1 from sqlite_schema where type = 'table' and name = 'migration'`);
    if (made.length === 0) return 0;
    return this.all<{ number: number | null }>('select max(number) as number from migration')[0]?.number ?? 0;
  }

  private bytes(): number {
    const [row] = this.all<{ bytes: number }>(
      'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()',
    );
    return row?.bytes ?? 0;
  }

  private migrate(): void {
    if (this.version() === migrations.length) return;
    this.guard(() => this.connection.exec('begin immediate'));
    this.finish(() => {
      this.connection.exec('create table if not exists migration (number integer primary key)');
      const done = this.version();
      if (done > migrations.length) {
        throw configurationError(`the ledger ${this.file} was made by a newer version of obn`, {
          hint: 'update obn',
        });
      }
      migrations.slice(done).forEach((sql, index) => {
        this.run('insert into migration values (?)', done + index + 1);
        this.connection.exec(sql);
      });
    });
  }
}

const BUSY = /database is locked|SQLITE_BUSY/i;

function isBusy(error: unknown): boolean {
  return BUSY.test(messageOf(error instanceof ObnError ? error.cause : error));
}

function ledgerError(file: string, error: unknown): Error {
  if (error instanceof ObnError) return error;
  return configurationError(`the ledger ${file} cannot be used: ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): string {
  const text = messageOf(error);
  if (BUSY.test(text)) return 'another program has locked it for too long';
  if (/: 14"|unable to open/i.test(text)) return 'it cannot be opened; check that the folder is writable';
  if (/full/i.test(text)) return 'the disk is full';
  if (/malformed/i.test(text)) return 'it is damaged; restore the newest backup';
  if (/locking protocol|: 3850"|IOERR_LOCK/i.test(text))
    return 'its file system does not support locks; move it to a local disk';
  if (/readonly|read-only/i.test(text)) return 'it is read-only';
  return /not a database/i.test(text) ? 'it is not a ledger' : text;
}
