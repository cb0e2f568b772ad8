import type { Doubtful, DoubtRange } from '../delivery.js';
import type { RecoveryStore } from '../delivery-store.js';
import type { KeptCounts } from '../send.js';
import type { Database } from './database.js';
import { CLEAR_COUNTS, KEEP_COUNTS, KEPT_COUNTS } from './statements.js';

const ATTEMPT = 'select attempt from delivery where send = ? and sequence = ?';

/** The index of states finds ended deliveries, so only queued ones are read. */
const HANDED_OVER = `
  select (select count(*) from delivery indexed by delivery_state where send = ? and state <> 'queued') +
    (select count(*) from delivery indexed by delivery_state where send = ? and state = 'queued' and attempt > 0) as count`;

const DOUBT = `
  with lost as materialized (select value from json_each(?))
  update delivery set state = 'unknown', attempt = max(attempt, value ->> 1), code = value ->> 2, reason = value ->> 3,
    doubts = coalesce(doubts, ',') || (value ->> 1) || ',', worker = null, lease_until = null, updated_at = ?
  from lost
  where send = ? and sequence = value ->> 0 and attempt <= value ->> 1 and state in ('queued', 'claimed')`;

const DOUBT_BEFORE = `
  update delivery set state = 'unknown', attempt = attempt + 1, code = ?, reason = ?,
    doubts = coalesce(doubts, ',') || case state when 'claimed' then attempt || ',' else '' end || (attempt + 1) || ',',
    worker = null, lease_until = null, updated_at = ?
  where send = ? and sequence < ? and state in ('queued', 'claimed', ?)`;

export class SqliteRecovery implements RecoveryStore {
  /** The first queued delivery is claimed, and no unclaimed one is added to the queue. */
  readonly claimsInOrder = true;

  constructor(protected readonly database: Database) {}

  /** A transaction that changes deliveries, and then stores the counts of a finished send. */
  protected change<T>(send: number, work: () => T): Promise<T> {
    return this.database.transaction(() => {
      this.database.run(CLEAR_COUNTS, send);
      const result = work();
      this.database.run(KEEP_COUNTS, send);
      return result;
    });
  }

  protected keptCounts(send: number): KeptCounts | undefined {
    const [row] = this.database.all<{ counts: string | null }>(KEPT_COUNTS, send);
    return row?.counts ? JSON.parse(row.counts) : undefined;
  }

  async attempt(send: number, sequence: number): Promise<number | undefined> {
    return this.database.all<{ attempt: number }>(ATTEMPT, send, sequence)[0]?.attempt;
  }

  async handedOver(send: number): Promise<number> {
    return this.database.all<{ count: number }>(HANDED_OVER, send, send)[0]?.count ?? 0;
  }

  async doubt(send: number, deliveries: readonly Doubtful[], now: number): Promise<number> {
    const rows = deliveries.map(({ sequence, attempt, code, reason }) => [sequence, attempt, code, reason]);
    return this.change(send, () => this.database.run(DOUBT, JSON.stringify(rows), now, send));
  }

  async doubtBefore(send: number, range: DoubtRange, now: number): Promise<number> {
    const { before, code, reason } = range;
    const also = range.rejected ? 'rejected' : 'queued';
    const values = [code, reason, now, send, before, also];
    return this.change(send, () => this.database.run(DOUBT_BEFORE, ...values));
  }
}
