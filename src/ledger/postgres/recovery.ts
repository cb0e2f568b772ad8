import type { Doubtful, DoubtRange } from '../delivery.js';
import type { RecoveryStore } from '../delivery-store.js';
import type { Database } from './database.js';
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
  /** What another transaction has locked is skipped, and may be claimed later. */
  readonly claimsInOrder = false;

  constructor(protected readonly database: Database) {}

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
    return this.database.transaction((session) => session.run(DOUBT, send, JSON.stringify(rows), now));
  }

  doubtBefore(send: number, range: DoubtRange, now: number): Promise<number> {
    const { before, code, reason } = range;
    const also = range.rejected ? 'rejected' : 'queued';
    const values = [before, also, storable(code), storable(reason), now];
    return this.database.transaction((session) => session.run(DOUBT_BEFORE, send, ...values));
  }
}
