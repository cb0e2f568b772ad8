import type { Doubtful, DoubtRange } from '../delivery.js';
import type { RecoveryStore } from '../delivery-store.js';
import type { KeptCounts } from '../send.js';
import type { Database } from './database.js';
import type { Session } from './session.js';
import { COUNTABLE_SEND, KEEP_COUNTS, KEPT_COUNTS, LOCK_COUNTS } from './statements.js';
import { storable } from './text.js';

const ATTEMPT = 'select attempt from obn.delivery where send = $1 and sequence = $2';

const HANDED_OVER = `
  select count(*) as count from obn.delivery where send = $1 and (state <> 'queued' or attempt > 0)`;

const DOUBT = `
  with lost as materialized (
    select * from json_to_recordset($2::json) as lost (sequence integer, attempt integer, code text, reason text)
  )
  update obn.delivery set state = 'unknown', attempt = greatest(delivery.attempt, lost.attempt), code = lost.code,
    reason = lost.reason, doubts = array_append(doubts, lost.attempt), worker = null, lease_until = null,
    ticket = null, updated_at = $3
  from lost
  where delivery.send = $1 and delivery.sequence = lost.sequence and delivery.attempt <= lost.attempt
    and delivery.state in ('queued', 'claimed')`;

const DOUBT_BEFORE = `
  update obn.delivery set state = 'unknown', attempt = attempt + 1, code = $4, reason = $5,
    doubts = array_append(case state when 'claimed' then array_append(doubts, attempt) else doubts end, attempt + 1), worker = null, lease_until = null, ticket = null,
    updated_at = $6
  where send = $1 and sequence < $2 and state in ('queued', 'claimed', $3)`;

export class PostgresRecovery implements RecoveryStore {
  /** Skips rows that another transaction has locked. They may be claimed later. */
  readonly claimsInOrder = false;

  constructor(protected readonly database: Database) {}

  /** A transaction that changes deliveries, and then stores the counts of a finished send. */
  protected change<T>(send: number, work: (session: Session) => Promise<T>): Promise<T> {
    return this.database.transaction(async (session) => {
      // Every transaction locks the send before its deliveries, to avoid deadlocks.
      await session.all(LOCK_COUNTS, [send]);
      const result = await work(session);
      await session.run(KEEP_COUNTS, send);
      return result;
    });
  }

  /** Stores the counts of a send, if it is finished. */
  protected async keepCounts(send: number): Promise<void> {
    if ((await this.database.all(COUNTABLE_SEND, send)).length === 0) return;
    await this.change(send, async () => undefined);
  }

  protected async keptCounts(send: number): Promise<KeptCounts | undefined> {
    const [row] = await this.database.all<{ counts: KeptCounts | null }>(KEPT_COUNTS, send);
    return row?.counts ?? undefined;
  }

  async attempt(send: number, sequence: number): Promise<number | undefined> {
    return (await this.database.all<{ attempt: number }>(ATTEMPT, send, sequence))[0]?.attempt;
  }

  async handedOver(send: number): Promise<number> {
    return (await this.database.all<{ count: number }>(HANDED_OVER, send))[0]?.count ?? 0;
  }

  doubt(send: number, deliveries: readonly Doubtful[], now: number): Promise<number> {
    const rows = deliveries.map(({ sequence, attempt, code, reason }) => {
      return { sequence, attempt, code: storable(code), reason: storable(reason) };
    });
    return this.change(send, (session) => session.run(DOUBT, send, JSON.stringify(rows), now));
  }

  doubtBefore(send: number, range: DoubtRange, now: number): Promise<number> {
    const { before, code, reason } = range;
    const also = range.rejected ? 'rejected' : 'queued';
    const values = [before, also, storable(code), storable(reason), now];
    return this.change(send, (session) => session.run(DOUBT_BEFORE, send, ...values));
  }
}
