import {
  inFlight,
  type Quota,
  type Reader,
  type ReaderState,
  type ReaderStore,
  type Suppression,
  type SuppressionReason,
} from '../reader-store.js';
import type { Database } from './database.js';
import * as sql from './reader-sql.js';
import type { Session } from './session.js';
import { storable } from './text.js';

/** A value above every key. */
const LAST = '\u{10ffff}';

type Row<T> = T & Record<string, unknown>;

/** Readers and suppressions in a PostgreSQL ledger. */
export class PostgresReaderStore implements ReaderStore {
  constructor(private readonly database: Database) {}

  async suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, SuppressionReason>> {
    const rows = await this.database.all<{ key: string; reason: SuppressionReason }>(sql.SUPPRESSED, keys);
    return new Map(rows.map(({ key, reason }) => [key, reason]));
  }

  async suppress(key: string, reason: SuppressionReason, source: string, now: number): Promise<void> {
    await this.suppressAll([{ key, reason, source, since: now }]);
  }

  suppressAll(suppressions: readonly Suppression[]): Promise<number> {
    return this.database.transaction((session) => insert(session, suppressions));
  }

  unsuppress(
    key: string,
    now: number,
    reasons: readonly SuppressionReason[] = ['unsubscribed'],
  ): Promise<boolean> {
    return this.database.transaction(
      async (session) => (await session.run(sql.UNSUPPRESS, key, now, reasons)) > 0,
    );
  }

  suppressions(prefix = ''): AsyncGenerator<Suppression> {
    const keyOf = ({ key }: Suppression) => key;
    return this.database.pages<Row<Suppression>, string>(sql.SUPPRESSIONS, keyOf, prefix, prefix + LAST);
  }

  async get(key: string): Promise<Reader | undefined> {
    return (await this.database.all<Row<Reader>>(sql.READER, key))[0];
  }

  async getAll(keys: readonly string[]): Promise<ReadonlyMap<string, Reader>> {
    const rows = await this.database.all<Row<Reader>>(sql.READERS_OF, keys);
    return new Map(rows.map((row) => [row.key, row]));
  }

  async save(reader: Reader): Promise<void> {
    const { key, address, state, fields, source, since, confirmedAt } = reader;
    const texts = [key, address, state, JSON.stringify(fields), source].map(storable);
    await this.database.run(sql.SAVE_READER, ...texts, since, confirmedAt);
  }

  list(state?: ReaderState): AsyncGenerator<Reader> {
    const keyOf = ({ key }: Reader) => key;
    return this.database.pages<Row<Reader>, string>(sql.READERS, keyOf, '', state ?? null);
  }

  async forget(key: string, hash: string, now: number): Promise<{ deliveries: number }> {
    const erasing = (session: Session) => erase(session, key, hash, now);
    const before = await this.database.transaction(erasing);
    // Waits for freezes in progress, whose recipients are visible only after the commit.
    await this.database.transaction((session) => session.run(sql.AWAIT_FREEZES));
    const meanwhile = await this.database.transaction(erasing);
    return { deliveries: before + meanwhile };
  }

  /** A statement whose answer was lost is repeated, and counts at most twice. */
  async takeQuota(key: string, now: number, resetsAt: number): Promise<Quota> {
    await this.database.run(sql.EXPIRE_QUOTAS, now, key);
    const [row] = await this.database.all<Row<Quota>>(sql.TAKE_QUOTA, key, resetsAt, now);
    return row ?? { count: 1, resetsAt };
  }
}

/** @returns how many deliveries were erased */
async function erase(session: Session, key: string, hash: string, now: number): Promise<number> {
  const found = await session.all<{ state: string }>(sql.LOCK_DELIVERIES, [key]);
  if (found.some(({ state }) => state === 'claimed')) throw inFlight();
  const [before] = await session.all<{ reason: SuppressionReason }>(sql.REASON, [key]);
  const reason = before?.reason ?? 'unsubscribed';
  await session.run(sql.ERASE_SUPPRESSION, key);
  await session.run(sql.ERASE_READER, key);
  await insert(session, [{ key: hash, reason, source: 'forget', since: now }]);
  return session.run(sql.ERASE_DELIVERIES, hash, key);
}

function insert(session: Session, suppressions: readonly Suppression[]): Promise<number> {
  const rows = suppressions.map((one) => ({
    ...one,
    key: storable(one.key),
    source: storable(one.source),
  }));
  return session.run(sql.SUPPRESS, JSON.stringify(rows));
}
