import Libsql from 'libsql';
import type { OptOut } from '../duplicates.js';
import type { ImportStatus } from './format.js';
import type { ImportRow, RefusedRow } from './mapping.js';

/** The outcome for a row of an export. */
export type Outcome = 'new' | 'changed' | 'unchanged' | 'left' | 'gone' | 'duplicate';

/** A row that waits to be merged. */
export interface StagedRow extends ImportRow {
  readonly sequence: number;
  /** The opt-out in the ledger. */
  readonly suppressed: OptOut | null;
}

type Stored = readonly [
  sequence: number,
  line: number,
  key: string,
  address: string,
  status: ImportStatus,
  fields: Readonly<Record<string, string>>,
  suppressed: OptOut | null,
];

const PAGE_ROWS = 500;
const SELECT = 'json_array(sequence, line, key, address, status, json(fields), suppressed)';
const OPT_OUTS = `('unsubscribed', 'bounced', 'complained')`;

/**
 * The rows of an export in a temporary SQLite file, so that a million rows take no memory and can be found by address.
 * The file exists during the import only, so it needs no durability.
 */
export class Staging {
  private readonly database: Libsql.Database;
  private readonly statements = new Map<string, Libsql.Statement<(string | number)[]>>();

  /** @param path of a file that does not exist yet */
  constructor(path: string) {
    this.database = new Libsql(path);
    this.database.exec('pragma journal_mode = off');
    this.database.exec('pragma synchronous = off');
    this.database.exec('pragma temp_store = file');
    this.database.exec('pragma cache_size = -32000');
    this.database.exec(`
      create table staged (
        sequence integer primary key, line integer not null, key text not null, address text not null,
        status text not null, fields text not null, suppressed text, outcome text
      );
      create table refused (sequence integer primary key, line integer not null, row text not null);
      create table doubt (key text primary key, line integer not null) without rowid;
      begin`);
  }

  add(rows: readonly ImportRow[], suppressed: ReadonlyMap<string, OptOut>): void {
    const values = rows.map(({ line, key, address, status, fields }) => [
      ...[line, key, address, status, JSON.stringify(fields), suppressed.get(key) ?? null],
    ]);
    this.run(
      `insert into staged (line, key, address, status, fields, suppressed)
       select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(?)`,
      JSON.stringify(values),
    );
  }

  refuse(rows: readonly RefusedRow[]): void {
    const values = rows.map((row) => [row.line, JSON.stringify(row)]);
    this.run(
      'insert into refused (line, row) select value ->> 0, value ->> 1 from json_each(?)',
      JSON.stringify(values),
    );
    const doubts = rows.flatMap(({ line, doubts = [] }) => doubts.map((key) => [key, line]));
    if (doubts.length === 0) return;
    this.run(
      'insert or ignore into doubt (key, line) select value ->> 0, value ->> 1 from json_each(?)',
      JSON.stringify(doubts),
    );
  }

  /**
   * Call after all rows were added. Of several rows with one address, the first counts, and an opt-out on any row. If a
   * row that cannot be read may be an opt-out, the other rows of that address are refused.
   */
  finish(): void {
    this.database.exec('create index staged_key on staged (key)');
    this.database.exec(`
      insert into refused (line, row)
        select staged.line, json_object('line', staged.line, 'reason', 'unclear', 'cells', json_array(),
          'detail', 'line ' || doubt.line || ' also contains ' || address || ', but cannot be read')
        from doubt join staged on staged.key = doubt.key where status in ('subscribed', 'pending');
      delete from staged where status in ('subscribed', 'pending') and key in (select key from doubt)`);
    this.database.exec(`
      create temp table twice as select key, min(sequence) as first from staged group by key having count(*) > 1;
      create temp table opted as
        select twice.first as first, staged.status as status, max(staged.sequence) from twice
        join staged on staged.key = twice.key where staged.status in ${OPT_OUTS} group by twice.first;
      update staged set status = (select status from opted where opted.first = sequence)
        where sequence in (select first from opted);
      update staged set outcome = 'duplicate' where sequence in (
        select staged.sequence from twice join staged on staged.key = twice.key where staged.sequence > twice.first);
      commit`);
  }

  /** The rows with these addresses, by address. */
  find(keys: readonly string[]): Map<string, StagedRow> {
    const rows = this.all(
      `select json_group_array(${SELECT}) as rows from staged
       where key in (select value from json_each(?)) and outcome is not 'duplicate'`,
      JSON.stringify(keys),
    );
    return new Map(rows.map((row) => [row.key, row]));
  }

  settle(outcomes: readonly (readonly [sequence: number, outcome: Outcome])[]): void {
    if (outcomes.length === 0) return;
    this.run(
      `with settled as materialized (select value ->> 0 as at, value ->> 1 as what from json_each(?))
       update staged set outcome = what from settled where sequence = at`,
      JSON.stringify(outcomes),
    );
  }

  /** Rows without an outcome, in order and in batches; a batch must be settled before the next is read. */
  *open(): Generator<StagedRow[]> {
    yield* this.pages('outcome is null');
  }

  /** Rows with an opt-out. */
  *optOuts(): Generator<StagedRow[]> {
    yield* this.pages(`status in ${OPT_OUTS} and outcome is not 'duplicate'`);
  }

  /** Rows with this outcome, in order. */
  examples(outcome: Outcome, limit: number): StagedRow[] {
    return this.all(
      `select json_group_array(${SELECT}) as rows from
       (select * from staged where outcome = ? order by sequence limit ?)`,
      outcome,
      limit,
    );
  }

  /** Whether any row may be added to the list. */
  hasReaders(): boolean {
    const where = "status in ('subscribed', 'pending') and suppressed is null";
    return this.database.prepare(`select 1 from staged where ${where} limit 1`).all().length > 0;
  }

  counts(): Record<Outcome, number> {
    const rows = this.database
      .prepare('select outcome, count(*) as count from staged where outcome is not null group by outcome')
      .all() as { outcome: Outcome; count: number }[];
    const none = { new: 0, changed: 0, unchanged: 0, left: 0, gone: 0, duplicate: 0 };
    return { ...none, ...Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count])) };
  }

  get refusedCount(): number {
    const [row] = this.database.prepare('select count(*) as count from refused').all() as { count: number }[];
    return row?.count ?? 0;
  }

  *refused(): Generator<RefusedRow> {
    for (let after = 0; ; ) {
      const rows = this.database
        .prepare('select sequence, row from refused where sequence > ? order by sequence limit ?')
        .all(after, PAGE_ROWS) as { sequence: number; row: string }[];
      for (const { row } of rows) yield JSON.parse(row) as RefusedRow;
      after = rows.at(-1)?.sequence ?? after;
      if (rows.length < PAGE_ROWS) return;
    }
  }

  close(): void {
    this.database.close();
  }

  private *pages(where: string): Generator<StagedRow[]> {
    for (let after = 0; ; ) {
      const rows = this.all(
        `select json_group_array(${SELECT}) as rows from
         (select * from staged where ${where} and sequence > ? order by sequence limit ?)`,
        after,
        PAGE_ROWS,
      );
      if (rows.length > 0) yield rows;
      after = rows.at(-1)?.sequence ?? after;
      if (rows.length < PAGE_ROWS) return;
    }
  }

  private all(sql: string, ...values: (string | number)[]): StagedRow[] {
    const [{ rows } = { rows: '[]' }] = this.statement(sql).all(...values) as { rows: string }[];
    return (JSON.parse(rows) as Stored[]).map(stagedOf).sort((a, b) => a.sequence - b.sequence);
  }

  private statement(sql: string): Libsql.Statement<(string | number)[]> {
    const known = this.statements.get(sql);
    const statement = known ?? this.database.prepare<(string | number)[]>(sql);
    if (!known) this.statements.set(sql, statement);
    return statement;
  }

  private run(sql: string, ...values: (string | number)[]): void {
    this.statement(sql).run(...values);
  }
}

function stagedOf([sequence, line, key, address, status, fields, suppressed]: Stored): StagedRow {
  return { sequence, line, key, address, status, fields, suppressed };
}
