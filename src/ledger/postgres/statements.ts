import type { SuppressionReason } from '../reader-store.js';
import type { Channel } from '../send.js';

export interface SendRow {
  readonly id: number;
  readonly issue: number;
  readonly channel: Channel;
  readonly transport: string;
  readonly listId: string;
  readonly listName: string;
  readonly digest: string;
  readonly listed: number;
  readonly eligible: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly withdrawn: Readonly<Record<string, number>>;
  readonly audienceDigest: string;
  readonly createdAt: number;
  readonly pausedBy: string | null;
  readonly retries: number;
}

const SEND_COLUMNS = `id, issue, channel, transport, list_id as "listId", list_name as "listName", digest, listed,
  eligible, excluded, withdrawn,
  audience_digest as "audienceDigest", created_at as "createdAt", paused_by as "pausedBy", retries`;

export const FIND = `select ${SEND_COLUMNS} from obn.send where issue = $1 and channel = $2`;

export const MESSAGE = 'select message from obn.send where id = $1';

export interface OverviewRow {
  readonly issue: number;
  readonly listId: string;
  readonly open: boolean;
}

export const OVERVIEW = `
  select issue, list_id as "listId",
    exists (select from obn.delivery where delivery.send = send.id and state = 'queued')
      or exists (select from obn.delivery where delivery.send = send.id and state = 'claimed') as open
  from obn.send where channel = $1`;

/** Waits for another transaction that freezes the same send, and returns no row if that one was first. */
export const INSERT_SEND = `
  insert into obn.send (issue, channel, transport, message, list_id, list_name, digest, created_at, listed, eligible,
    excluded, audience_digest)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, '{}', '') on conflict do nothing returning id`;

export const COMPLETE_SEND = `
  update obn.send set listed = $2, eligible = $3, excluded = $4, audience_digest = $5 where id = $1`;

export const DELETE_DELIVERIES = 'delete from obn.delivery where send = $1';

export const DELETE_SEND = 'delete from obn.send where id = $1';

/** Accepts rows in the form of `copyRow`. */
export const COPY_DELIVERIES = `
  copy obn.delivery (send, sequence, key, address, name, reference, fields, updated_at) from stdin`;

export const WATCHED = 'select 1 from obn.worker where send = $1 and seen_at > $2 limit 1';

/** A settlement in the form of {@link EXCHANGE}. */
export interface AnswerRow {
  readonly sequence: number;
  readonly attempt: number;
  readonly state: string;
  readonly message_id?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly tries?: number;
  readonly not_before?: number;
}

/** A delivery that {@link EXCHANGE} claimed, or did not claim because its recipient has since been suppressed. */
export interface NextRow {
  readonly suppressed: SuppressionReason | null;
  readonly sequence: number;
  readonly attempt: number;
  readonly tries: number;
  readonly key: string;
  readonly address: string;
  readonly name: string;
  readonly reference: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Whether an answer is about the latest attempt, which is still open or in doubt. */
const LATEST = `delivery.attempt = answer.attempt and delivery.state in ('claimed', 'unknown')`;

/** The attempts in doubt without the one that the answer is about. */
const OTHERS = `nullif(array_remove(delivery.doubts, answer.attempt), '{}')`;

/**
 * Settles and claims in one statement, and so with one commit and one round trip. Claims of an earlier
 * exchange whose answer never arrived ($8, its tickets) were never handed over, and go back into the queue.
 * Skips rows that others are claiming now, and rows that are being settled, because one statement
 * changes a row only once. For the same reason, no two answers are about one delivery. An attempt is answered once, and an
 * attempt in doubt may still be answered.
 * - A yes is a fact about the reader. It counts whatever happened to newer attempts, and ends them.
 * - Any other answer is about its attempt. A no ends the delivery when no other attempt is in doubt. Otherwise, the
 *   delivery stays in doubt, with a record that it was rejected.
 * - A late no ends the doubt about its attempt. A delivery without further doubts gets the result of its latest
 *   attempt: rejected, or else queued.
 */
export const EXCHANGE = `
  with answer as materialized (
    select * from json_to_recordset($3::json) as answer (sequence integer, attempt integer, state text,
      message_id text, code text, reason text, tries integer, not_before bigint)
  ), settled as (
    update obn.delivery set
      state = case
        when answer.state = 'accepted' then answer.state
        when ${LATEST} then
          case when answer.state = 'rejected' and ${OTHERS} is not null then 'unknown' else answer.state end
        when delivery.state = 'unknown' and ${OTHERS} is null then
          case when rejected_in_doubt then 'rejected' else 'queued' end
        else delivery.state end,
      rejected_in_doubt = case
        when answer.state = 'accepted' then false
        when ${LATEST} then answer.state = 'rejected' and ${OTHERS} is not null
        else rejected_in_doubt and ${OTHERS} is not null end,
      doubts = case answer.state
        when 'accepted' then null
        when 'unknown' then array_append(${OTHERS}, answer.attempt)
        else ${OTHERS} end,
      message_id = case when answer.state = 'accepted' then answer.message_id else delivery.message_id end,
      code = case when answer.state = 'accepted' then null when ${LATEST} then answer.code else delivery.code end,
      reason = case when answer.state = 'accepted' then null when ${LATEST} then answer.reason else delivery.reason end,
      tries = case when ${LATEST} then coalesce(answer.tries, delivery.tries) else delivery.tries end,
      not_before = case when ${LATEST} then coalesce(answer.not_before, delivery.not_before) else delivery.not_before end,
      worker = case when answer.state = 'accepted' or ${LATEST} then null else worker end,
      lease_until = case when answer.state = 'accepted' or ${LATEST} then null else lease_until end,
      ticket = case when answer.state = 'accepted' or ${LATEST} then null else ticket end,
      updated_at = $2
    from answer
    where delivery.send = $1 and delivery.sequence = answer.sequence and delivery.state <> 'accepted'
      and ((delivery.attempt = answer.attempt and delivery.state = 'claimed')
        or (delivery.attempt > answer.attempt and answer.state = 'accepted')
        or (answer.attempt = any(delivery.doubts)
          and (delivery.attempt = answer.attempt or answer.state <> 'unknown')))
  ), returned as (
    update obn.delivery set state = 'queued', updated_at = $2, worker = null, lease_until = null, ticket = null
    where send = $1 and state = 'claimed' and worker = $4 and ticket = any($8::bigint[])
      and sequence not in (select sequence from answer)
  ), next as materialized (
    select sequence, (select reason from obn.suppression where suppression.key = delivery.key) as suppressed
    from obn.delivery where send = $1 and state = 'queued' and not_before <= $2
      and sequence not in (select sequence from answer)
    order by sequence limit $5 for update skip locked
  ), claimed as (
    update obn.delivery set state = 'claimed', attempt = attempt + 1, worker = $4, lease_until = $6, ticket = $7,
      updated_at = $2
    from next where delivery.send = $1 and delivery.sequence = next.sequence and next.suppressed is null
    returning delivery.sequence, attempt, tries, key, address, name, reference, fields
  )
  select null as suppressed, * from claimed
  union all
  select suppressed, sequence, 0, 0, '', '', '', '', '{}'::json from next where suppressed is not null`;

export const KEPT_COUNTS = 'select counts from obn.send where id = $1';

const countOf = (state: string, also = '') =>
  `(select count(*) from obn.delivery where delivery.send = send.id and state = '${state}'${also})`;

/** A finished send whose counts are not stored. */
const COUNTABLE = `id = $1 and counts is null
  and not exists (select from obn.delivery where delivery.send = send.id and state = 'queued')
  and not exists (select from obn.delivery where delivery.send = send.id and state = 'claimed')`;

export const COUNTABLE_SEND = `select 1 from obn.send where ${COUNTABLE}`;

/** A change of an ended delivery waits for this lock in the trigger, and then clears the stored counts. */
export const LOCK_COUNTS = 'select 1 from obn.send where id = $1 for no key update';

/** A separate statement after {@link LOCK_COUNTS}, because it must see everything committed before the lock. */
export const KEEP_COUNTS = `
  update obn.send set counts = json_build_object('accepted', ${countOf('accepted')}, 'rejected', ${countOf('rejected')},
    'unknown', ${countOf('unknown')}, 'rejectedInDoubt', ${countOf('unknown', ' and rejected_in_doubt')})
  where ${COUNTABLE}`;

export const COUNTS = 'select state, count(*) as count from obn.delivery where send = $1 group by state';

/** How many of the unknown were rejected by their latest attempt. */
export const REJECTED_IN_DOUBT = `
  select count(*) as count from obn.delivery where send = $1 and state = 'unknown' and rejected_in_doubt`;

export const NEXT_DUE = `select min(not_before) as due from obn.delivery where send = $1 and state = 'queued'`;

export const HOLDERS = `
  select worker, max(lease_until) as "leaseUntil", count(*) as claims
  from obn.delivery where send = $1 and state = 'claimed' group by worker order by worker`;

export const ABANDON = `
  update obn.delivery set state = 'unknown', code = 'interrupted', worker = null, lease_until = null, ticket = null,
    updated_at = $2, doubts = array_append(doubts, attempt),
    reason = 'the process ended between handing the message over and the answer'
  where send = $1 and state = 'claimed' and worker = any($3::text[])`;

const UNSUPPRESSED = 'not exists (select from obn.suppression where suppression.key = delivery.key)';

export const RETRIABLE_COUNTS = `
  select state, count(*) as count from obn.delivery
  where send = $1 and state in ('rejected', 'unknown') and ${UNSUPPRESSED} group by state`;

/** Only if no other run has done so since. */
export const COUNT_RETRY = 'update obn.send set retries = retries + 1 where id = $1 and retries = $2';

export const REQUEUE = `
  update obn.delivery set state = 'queued', tries = 0, not_before = 0, updated_at = $2,
    rejected_in_doubt = false, code = case when state = 'unknown' then code end,
    reason = case when state = 'unknown' then reason end
  where send = $1 and state in ('rejected', 'unknown') and state = $3 and ${UNSUPPRESSED}`;

export const LAST_DEFERRAL = `
  select code, reason from obn.delivery
  where send = $1 and state = 'queued' and code is not null and doubts is null order by updated_at desc limit 1`;

export const REFRESH = `
  update obn.delivery set tries = 0, not_before = 0, updated_at = $2
  where send = $1 and state = 'queued' and (tries > 0 or not_before > 0)`;

/** Reports a worker as present, renews its claims that expire soon, and counts the other workers. */
export const JOIN = `
  with me as (
    insert into obn.worker (send, name, seen_at) select id, $2, $3 from obn.send where id = $1
    on conflict (send, name) do update set seen_at = excluded.seen_at returning 1
  ), renewed as (
    update obn.delivery set lease_until = $4
    where send = $1 and state = 'claimed' and worker = $2 and lease_until < $4::bigint - 2000
      and not coalesce(ticket = any($6::bigint[]), false)
  )
  select (select count(*) from me) + count(*) as workers,
    count(*) filter (where (worker.send, worker.name) < ($1, $2)) as place
  from obn.worker join obn.send on send.id = worker.send
  where (worker.send, worker.name) <> ($1, $2) and worker.seen_at > $5
    and send.channel = (select channel from obn.send where id = $1)`;

export const PRESENT =
  'select name as worker, seen_at as "seenAt" from obn.worker where send = $1 order by name';

export const LEAVE = 'delete from obn.worker where send = $1 and (name = $2 or seen_at <= $3)';

export const LOCK_SEND = `select ${SEND_COLUMNS} from obn.send where id = $1 for update`;

/** Queued recipients who are suppressed, or are in a JSON array of keys and reasons ($2). */
const LEFT = `send = $1 and state = 'queued' and gone.key = delivery.key`;
const SUPPRESSED = 'obn.suppression as gone';
const ON_LIST = 'json_to_recordset($2::json) as gone (key text, reason text)';

/** A recipient who was put back into the queue and has since unsubscribed may have got the message, and stays on record. */
const doubt = (gone: string) => `
  update obn.delivery set state = 'unknown' from ${gone} where ${LEFT} and doubts is not null`;

export const DOUBT = doubt(SUPPRESSED);
export const DOUBT_ON_LIST = doubt(ON_LIST);

const withdraw = (source: string) => `
  with gone as (
    delete from obn.delivery using ${source} where ${LEFT} and doubts is null
    returning gone.reason as reason
  )
  select reason, count(*) as count from gone group by reason`;

export const WITHDRAW = withdraw(SUPPRESSED);
export const WITHDRAW_ON_LIST = withdraw(ON_LIST);

export const EXCLUDE = `
  update obn.send set eligible = eligible - $2, excluded = $3, withdrawn = $4 where id = $1`;

export const PAUSE = 'update obn.send set paused_by = $2 where id = $1';

export interface FailureRow {
  readonly sequence: number;
  readonly address: string;
  readonly state: 'rejected' | 'unknown';
  readonly code: string;
  readonly reason: string;
  readonly rejectedInDoubt: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

export const FAILURES = `
  select sequence, address, state, code, reason, rejected_in_doubt as "rejectedInDoubt", fields from obn.delivery
  where send = $1 and state in ('rejected', 'unknown') and sequence > $2 and address <> ''
  order by sequence limit $3`;

export const ACCEPTED_SINCE = `
  select count(*) as count from obn.delivery where send = $1 and state = 'accepted' and updated_at >= $2`;

export const LAST_ISSUE = `select max(issue) as issue from obn.send where channel = 'live'`;

export const HISTORY = `select 1 as one from obn.send where channel = 'live' limit 1`;
