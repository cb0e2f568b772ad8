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

/** A value above every key. */
const LAST = '\u{10ffff}';

/** Readers and suppressions in a ledger file. */
export class SqliteReaderStore implements ReaderStore {
  constructor(private readonly database: Database) {}

  async suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, SuppressionReason>> {
    if (this.database.all(sql.ANY_SUPPRESSED).length === 0) return new Map();
    const rows = this.database.all<{ key: string; reason: SuppressionReason }>(
      sql.SUPPRESSED,
      JSON.stringify(keys),
    );
    return new Map(rows.map(({ key, reason }) => [key, reason]));
  }

  async suppress(key: string, reason: SuppressionReason, source: string, now: number): Promise<void> {
    await this.suppressAll([{ key, reason, source, since: now }]);
  }

  async suppressAll(suppressions: readonly Suppression[]): Promise<number> {
    return this.database.transaction(() => this.insert(suppressions));
  }

  private insert(suppressions: readonly Suppression[]): number {
    const rows = suppressions.map(({ key, reason, source, since }) => [key, reason, source, since]);
    return this.database.run(sql.SUPPRESS, JSON.stringify(rows));
  }

  async unsuppress(
    key: string,
    now: number,
    reasons: readonly SuppressionReason[] = ['unsubscribed'],
  ): Promise<boolean> {
    const values = [key, now, JSON.stringify(reasons)] as const;
    return this.database.transaction(() => this.database.run(sql.UNSUPPRESS, ...values) > 0);
  }

  async *suppressions(prefix = ''): AsyncGenerator<Suppression> {
    yield* this.database.pages<Suppression, string>(
      sql.SUPPRESSIONS,
      ({ key }) => key,
      prefix,
      prefix + LAST,
    );
  }

  async get(key: string): Promise<Reader | undefined> {
    const [row] = this.database.all<sql.ReaderRow>(sql.READER, key);
    return row && readerOf(row);
  }

  async getAll(keys: readonly string[]): Promise<ReadonlyMap<string, Reader>> {
    if (this.database.all(sql.ANY_READER).length === 0) return new Map();
    const rows = this.database.all<sql.ReaderRow>(sql.READERS_OF, JSON.stringify(keys));
    return new Map(rows.map((row) => [row.key, readerOf(row)]));
  }

  async save(reader: Reader): Promise<void> {
    const { key, address, state, fields, source, since, confirmedAt } = reader;
    const values = [key, address, state, JSON.stringify(fields), source, since, confirmedAt] as const;
    await this.database.transaction(() => this.database.run(sql.SAVE_READER, ...values));
  }

  async *list(state?: ReaderState): AsyncGenerator<Reader> {
    const wanted = state ?? null;
    const rows = this.database.pages<sql.ReaderRow, string>(
      sql.READERS,
      ({ key }) => key,
      '',
      wanted,
      wanted,
    );
    for (const row of rows) yield readerOf(row);
  }

  async forget(key: string, hash: string, now: number): Promise<{ deliveries: number }> {
    return this.database.erasingTransaction(() => {
      if (this.database.all(sql.CLAIMED, key).length > 0) throw inFlight();
      const [before] = this.database.all<{ reason: SuppressionReason }>(sql.REASON, key);
      const reason = before?.reason ?? 'unsubscribed';
      this.database.run(sql.ERASE_SUPPRESSION, key);
      this.database.run(sql.ERASE_READER, key);
      this.insert([{ key: hash, reason, source: 'forget', since: now }]);
      return { deliveries: this.database.run(sql.ERASE_DELIVERIES, hash, key) };
    });
  }

  async takeQuota(key: string, now: number, resetsAt: number): Promise<Quota> {
    return this.database.transaction(() => {
      this.database.run(sql.EXPIRE_QUOTAS, now);
      return this.database.all<Quota>(sql.TAKE_QUOTA, key, resetsAt)[0] ?? { count: 1, resetsAt };
    });
  }
}

function readerOf({ fields, ...row }: sql.ReaderRow): Reader {
  return { ...row, fields: JSON.parse(fields) as Record<string, string> };
}
