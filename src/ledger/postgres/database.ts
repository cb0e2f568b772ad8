import type { QueryResultRow } from 'pg';
import { EXIT, ObnError } from '../../findings/error.js';
import type { Clock } from '../../platform/clock.js';
import type { Address } from './address.js';
import { Session, type Value } from './session.js';
import { isAway, isConflict, ledgerError, reasonOf } from './trouble.js';

/** How long to wait for a lost server. The claims of a worker last three minutes. */
const PATIENCE_MS = 2 * 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const PAGE_ROWS = 500;

export interface Means {
  readonly clock: Clock;
  /** Called when the server is lost, and when it is back. */
  notice?(text: string): void;
}

/** A transaction whose answer never arrived. */
interface Doubt<T> {
  readonly xid: string;
  readonly processId: number;
  readonly result: T;
}

/** Thrown within a transaction to roll it back. */
export class Undone extends Error {}

/**
 * A database on a server that may be lost and come back. A query that was open when the connection broke is repeated on
 * the next one. So it must be safe to repeat, or be a transaction whose result the server can report.
 */
export class Database {
  private session: Session | undefined;
  private last: Promise<unknown> = Promise.resolve();
  /** After one wait in vain, there is no second wait. */
  private patience = PATIENCE_MS;

  private constructor(
    private readonly address: Address,
    private readonly means: Means,
    first: Session,
  ) {
    this.session = first;
  }

  /** @throws ObnError if there is no such server, or obn cannot use it */
  static async open(address: Address, means: Means): Promise<Database> {
    try {
      return new Database(address, means, await Session.open(address, means.clock));
    } catch (error) {
      throw ledgerError(address.label, error);
    }
  }

  get label(): string {
    return this.address.label;
  }

  /** One statement that may be repeated. */
  all<Row extends QueryResultRow>(text: string, ...values: Value[]): Promise<Row[]> {
    return this.repeat((session) => session.all<Row>(text, values));
  }

  /** One change that may be repeated. */
  async run(text: string, ...values: Value[]): Promise<void> {
    await this.repeat((session) => session.run(text, ...values));
  }

  /**
   * Streams rows page by page, by an increasing key, so that no connection stays busy while the caller reads. `text`
   * ends in `> $m order by … limit $n`, after the other values.
   * @param first a value below every key
   */
  async *pages<Row extends QueryResultRow, Key extends string | number>(
    text: string,
    keyOf: (row: Row) => Key,
    first: Key,
    ...values: Value[]
  ): AsyncGenerator<Row> {
    for (let after = first; ; ) {
      const rows = await this.all<Row>(text, ...values, after, PAGE_ROWS);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE_ROWS) return;
      after = keyOf(last);
    }
  }

  /** Runs repeatable work, alone on this connection, until the server has answered. */
  repeat<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const turn = this.last.then(() => this.insist(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Runs a transaction that happens exactly once, or not at all. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    let doubt: Doubt<T> | undefined;
    return this.repeat(async (session) => {
      if (doubt && (await isCommitted(session, doubt, this.means.clock))) return doubt.result;
      doubt = undefined;
      return commit(session, work, (open) => {
        doubt = open;
      });
    });
  }

  /** A transaction on its own connection. It cannot be repeated, and only its commit may lose its answer. */
  async longTransaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    let doubt: Doubt<T> | undefined;
    const session = await this.repeat(() => Session.open(this.address, this.means.clock));
    try {
      return await commit(session, work, (open) => {
        doubt = open;
      });
    } catch (error) {
      if (!isAway(error)) throw ledgerError(this.label, error);
      const open = doubt;
      if (open && (await this.repeat((next) => isCommitted(next, open, this.means.clock))))
        return open.result;
      throw this.gone(error, 'while the audience was being frozen, and nothing was saved');
    } finally {
      await session.close();
    }
  }

  async close(): Promise<void> {
    await this.last;
    await this.session?.close();
    this.session = undefined;
  }

  private async insist<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const { clock } = this.means;
    const end = clock.steady() + this.patience;
    for (let tries = 0; ; tries++) {
      try {
        this.session ??= await Session.open(this.address, clock);
        const result = await work(this.session);
        if (tries > 1) this.means.notice?.(`The ledger ${this.label} is back.`);
        this.patience = PATIENCE_MS;
        return result;
      } catch (error) {
        if (isConflict(error)) continue;
        if (!isAway(error)) throw ledgerError(this.label, error);
        await this.hangUp();
        if (clock.steady() >= end) throw this.giveUp(error);
        if (tries === 1) this.means.notice?.(waitText(this.label, error));
        if (tries > 0) await clock.sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)));
      }
    }
  }

  private async hangUp(): Promise<void> {
    const broken = this.session;
    this.session = undefined;
    await broken?.close();
  }

  private giveUp(error: unknown): Error {
    this.patience = 0;
    return this.gone(error, 'and did not come back');
  }

  private gone(error: unknown, what: string): Error {
    const hint = 'run the same command again when the server is back; no reader gets the issue twice';
    return new ObnError(
      EXIT.stopped,
      `lost the connection to the ledger ${this.label} ${what}: ${reasonOf(error)}`,
      {
        hint,
        cause: error,
      },
    );
  }
}

function waitText(label: string, error: unknown): string {
  const minutes = PATIENCE_MS / 60_000;
  return `Lost the connection to the ledger ${label} (${reasonOf(error)}). Waiting up to ${minutes} minutes; nothing is sent meanwhile.`;
}

/** @param open records the transaction before its commit */
async function commit<T>(
  session: Session,
  work: (session: Session) => Promise<T>,
  open: (doubt: Doubt<T>) => void,
): Promise<T> {
  await session.execute('begin');
  try {
    const result = await work(session);
    const [row] = await session.all<{ xid: string | null }>(
      'select pg_current_xact_id_if_assigned()::text as xid',
      [],
    );
    if (row?.xid) open({ xid: row.xid, processId: session.processId, result });
    await session.execute('commit');
    return result;
  } catch (error) {
    if (!isAway(error)) await session.execute('rollback').catch(() => undefined);
    throw error;
  }
}

const FATE = 'select pg_xact_status($1::text::xid8) as fate';
/** Another client may have got the same process number. */
const TERMINATE = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where pid = $1 and backend_xid::text::bigint = $2::text::bigint % 4294967296`;
const LOOK_AGAIN_MS = 50;

/** The result of a transaction. One that waits for a lost client is terminated. */
async function isCommitted(
  session: Session,
  { xid, processId }: Doubt<unknown>,
  clock: Clock,
): Promise<boolean> {
  for (;;) {
    const [row] = await session.all<{ fate: string | null }>(FATE, [xid]);
    if (row?.fate !== 'in progress') return row?.fate === 'committed';
    await session.all(TERMINATE, [processId, xid]);
    await clock.sleep(LOOK_AGAIN_MS);
  }
}
