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
  readonly excluded: string;
  readonly withdrawn: string;
  readonly audienceDigest: string;
  readonly createdAt: number;
  readonly pausedBy: string | null;
  readonly retries: number;
}

export const FIND = `
  select id, issue, channel, transport, list_id as listId, list_name as listName, digest, listed, eligible, excluded, withdrawn,
    audience_digest as audienceDigest, created_at as createdAt, paused_by as pausedBy, retries
  from send where issue = ? and channel = ?`;

export const MESSAGE = 'select message from send where id = ?';

export interface OverviewRow {
  readonly issue: number;
  readonly listId: string;
  readonly open: number;
}

export const OVERVIEW = `
  select issue, list_id as listId,
    exists (select 1 from delivery indexed by delivery_state where delivery.send = send.id and state = 'queued')
      or exists (select 1 from delivery indexed by delivery_state where delivery.send = send.id and state = 'claimed') as open
  from send where channel = ?`;

export const INSERT_SEND = `
  insert into send (issue, channel, transport, message, list_id, list_name, digest, created_at, listed, eligible,
    excluded, audience_digest)
  values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '{}', '') returning id`;

export const COMPLETE_SEND = `
  update send set listed = ?, eligible = ?, excluded = ?, audience_digest = ? where id = ?`;

export const DELETE_SEND = 'delete from send where id = ?';

// Recipients are staged in a table that only this connection sees.

export const DROP_STAGED = 'drop table if exists temp.staged';

export const CREATE_STAGED = `
  create temp table staged (
    sequence integer primary key, key text, address text, name text, reference text, fields text
  )`;

/** Inserts many rows at a time, from a JSON array of arrays. A call for each row would take twice as long. */
export const STAGE = `
  insert into temp.staged (sequence, key, address, name, reference, fields)
  select ? + key, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?)`;

export const COPY_STAGED = `
  insert into delivery (send, sequence, key, address, name, reference, fields, updated_at)
  select ?, sequence, key, address, name, reference, fields, ? from temp.staged
  where sequence >= ? and sequence < ? order by sequence`;

/** How many readers were erased, and when the latest was. */
export const FORGOTTEN_MARK = `
  select count(*) as count, max(since) as latest from suppression where key >= ? and key < ?`;

// The index of states is named throughout, because the planner prefers the primary key, and then reads everything
// that has been sent.

/** A delivery in the result of {@link NEXT}. */
export type NextRow = readonly [
  sequence: number,
  attempt: number,
  tries: number,
  key: string,
  address: string,
  name: string,
  reference: string,
  fields: Readonly<Record<string, string>>,
  /** Set if the recipient has since been suppressed. */
  suppressed: SuppressionReason | null,
];

/** The next deliveries in the order of the list, as one JSON array of arrays. Row by row would take three times as long. */
export const NEXT = `
  select json_group_array(
    json_array(sequence, attempt, tries, key, address, name, reference, json(fields), suppressed)
  ) as rows
  from (
    select *, (select reason from suppression where suppression.key = delivery.key) as suppressed
    from delivery indexed by delivery_state where send = ? and state = 'queued' and not_before <= ?
    order by sequence limit ?)`;

/** In one transaction with {@link NEXT}. */
export const CLAIM = `
  update delivery set state = 'claimed', attempt = attempt + 1, worker = ?, lease_until = ?, updated_at = ?
  where send = ? and sequence in (select value from json_each(?))`;

/** Whether an answer is about the latest attempt, which is still open or in doubt. */
const LATEST = `attempt = tried and state in ('claimed', 'unknown')`;

/** The attempts in doubt without the one that the answer is about. */
const OTHERS = `nullif(replace(doubts, ',' || tried || ',', ','), ',')`;

/**
 * Settles many claims at a time, from a JSON array of arrays. No two are about one delivery. An attempt is answered
 * once, and an attempt in doubt may still be answered.
 * - A yes is a fact about the reader. It counts whatever happened to newer attempts, and ends them.
 * - Any other answer is about its attempt. A no ends the delivery when no other attempt is in doubt. Otherwise, the
 *   delivery stays in doubt, with a record that it was rejected.
 * - A late no ends the doubt about its attempt. A delivery without further doubts gets the result of its latest
 *   attempt: rejected, or else queued.
 *
 * Materialized, because otherwise the planner reads the whole send.
 */
export const SETTLE = `
  with answer as materialized (
    select value ->> 0 as settled, value ->> 1 as tried, value ->> 2 as outcome, value ->> 3 as taken_as,
      value ->> 4 as said_code, value ->> 5 as said, value ->> 6 as new_tries, value ->> 7 as due
    from json_each(?)
  )
  update delivery set
    state = case
      when outcome = 'accepted' then outcome
      when ${LATEST} then case when outcome = 'rejected' and ${OTHERS} is not null then 'unknown' else outcome end
      when state = 'unknown' and ${OTHERS} is null then case when rejected_in_doubt then 'rejected' else 'queued' end
      else state end,
    rejected_in_doubt = case
      when outcome = 'accepted' then 0
      when ${LATEST} then outcome = 'rejected' and ${OTHERS} is not null
      else rejected_in_doubt and ${OTHERS} is not null end,
    doubts = case outcome
      when 'accepted' then null
      when 'unknown' then coalesce(${OTHERS}, ',') || tried || ','
      else ${OTHERS} end,
    message_id = case when outcome = 'accepted' then taken_as else message_id end,
    code = case when outcome = 'accepted' then null when ${LATEST} then said_code else code end,
    reason = case when outcome = 'accepted' then null when ${LATEST} then said else reason end,
    tries = case when ${LATEST} then coalesce(new_tries, tries) else tries end,
    not_before = case when ${LATEST} then coalesce(due, not_before) else not_before end,
    worker = case when outcome = 'accepted' or ${LATEST} then null else worker end,
    lease_until = case when outcome = 'accepted' or ${LATEST} then null else lease_until end,
    updated_at = ?
  from answer
  where send = ? and sequence = settled and state <> 'accepted' and ((attempt = tried and state = 'claimed')
    or (attempt > tried and outcome = 'accepted')
    or (instr(doubts, ',' || tried || ',') > 0 and (attempt = tried or outcome <> 'unknown')))`;

export const KEPT_COUNTS = 'select counts from send where id = ?';

export const CLEAR_COUNTS = 'update send set counts = null where id = ? and counts is not null';

const countOf = (state: string, also = '') =>
  `(select count(*) from delivery indexed by delivery_state where delivery.send = send.id and state = '${state}'${also})`;

const noneIs = (state: string) => `not exists
    (select 1 from delivery indexed by delivery_state where delivery.send = send.id and state = '${state}')`;

/** Stores the counts of a send without open deliveries. */
export const KEEP_COUNTS = `
  update send set counts = json_object('accepted', ${countOf('accepted')}, 'rejected', ${countOf('rejected')},
    'unknown', ${countOf('unknown')}, 'rejectedInDoubt', ${countOf('unknown', ' and rejected_in_doubt')})
  where id = ? and counts is null and ${noneIs('queued')} and ${noneIs('claimed')}`;

export const COUNTS = 'select state, count(*) as count from delivery where send = ? group by state';

/** How many of the unknown were rejected by their latest attempt. */
export const REJECTED_IN_DOUBT = `
  select count(*) as count from delivery indexed by delivery_state
  where send = ? and state = 'unknown' and rejected_in_doubt`;

export const NEXT_DUE = `select min(not_before) as due from delivery indexed by delivery_state where send = ? and state = 'queued'`;

export const HOLDERS = `
  select worker, max(lease_until) as leaseUntil, count(*) as claims
  from delivery indexed by delivery_state where send = ? and state = 'claimed' group by worker`;

export const ABANDON = `
  update delivery indexed by delivery_state set state = 'unknown', code = 'interrupted', worker = null, lease_until = null, updated_at = ?,
    doubts = coalesce(doubts, ',') || attempt || ',',
    reason = 'the process ended between handing the message over and the answer'
  where send = ? and state = 'claimed' and worker = ?`;

/** The deliveries that may be put back into the queue. */
const RETRIABLE = `from delivery indexed by delivery_state
  where send = ? and state in ('rejected', 'unknown') and key not in (select key from suppression)`;

export const RETRIABLE_COUNTS = `select state, count(*) as count ${RETRIABLE} group by state`;

/** Only if no other run has done so since. */
export const COUNT_RETRY = 'update send set retries = retries + 1 where id = ? and retries = ?';

export const REQUEUE = `
  update delivery set state = 'queued', tries = 0, not_before = 0, updated_at = ?,
    rejected_in_doubt = 0, code = case when state = 'unknown' then code end,
    reason = case when state = 'unknown' then reason end
  where send = ? and sequence in (select sequence ${RETRIABLE} and state = ?)`;

export const LAST_DEFERRAL = `
  select code, reason from delivery indexed by delivery_state
  where send = ? and state = 'queued' and code is not null and doubts is null order by updated_at desc limit 1`;

export const REFRESH = `
  update delivery indexed by delivery_state set tries = 0, not_before = 0, updated_at = ?
  where send = ? and state = 'queued' and (tries > 0 or not_before > 0)`;

export const JOIN = `
  insert into worker (send, name, seen_at) select id, ?, ? from send where id = ?
  on conflict do update set seen_at = excluded.seen_at`;

export const RENEW = `
  update delivery indexed by delivery_state set lease_until = ?
  where send = ? and state = 'claimed' and worker = ?`;

export const PRESENT = 'select name as worker, seen_at as seenAt from worker where send = ?';

export const CROWD = `
  select count(*) as workers, count(*) filter (where (worker.send, worker.name) < (?, ?)) as place
  from worker join send on send.id = worker.send
  where worker.seen_at > ? and send.channel = (select channel from send where id = ?)`;

export const LEAVE = 'delete from worker where send = ? and (name = ? or seen_at <= ?)';

/** Queued recipients who are suppressed: sequences and reasons, as one JSON array of arrays. */
export const LEFT = `
  select json_group_array(json_array(delivery.sequence, suppression.reason)) as rows
  from delivery indexed by delivery_state join suppression on suppression.key = delivery.key
  where send = ? and state = 'queued'`;

/** As {@link LEFT}, for a JSON array of keys and reasons. Materialized, so that SQLite indexes it. */
export const LEFT_ON_LIST = `
  with gone as materialized (select value ->> 0 as key, value ->> 1 as reason from json_each(?))
  select json_group_array(json_array(delivery.sequence, gone.reason)) as rows
  from delivery indexed by delivery_state join gone on gone.key = delivery.key
  where send = ? and state = 'queued'`;

/** A recipient who was put back into the queue and has since unsubscribed may have got the message, and stays on record. */
export const DOUBT = `
  update delivery set state = 'unknown'
  where send = ? and sequence in (select value ->> 0 from json_each(?)) and doubts is not null`;

/** After {@link DOUBT}. */
export const WITHDRAW = `
  delete from delivery where send = ? and sequence in (select value ->> 0 from json_each(?)) and state = 'queued'
  returning sequence`;

export const EXCLUDED = 'select excluded, withdrawn from send where id = ?';

export const EXCLUDE = 'update send set eligible = eligible - ?, excluded = ?, withdrawn = ? where id = ?';

export const PAUSE = 'update send set paused_by = ? where id = ?';

export interface FailureRow {
  readonly sequence: number;
  readonly address: string;
  readonly state: 'rejected' | 'unknown';
  readonly code: string;
  readonly reason: string;
  readonly rejectedInDoubt: number;
  readonly fields: string;
}

export const FAILURES = `
  select sequence, address, state, code, reason, rejected_in_doubt as rejectedInDoubt, fields from delivery indexed by delivery_state
  where send = ? and state in ('rejected', 'unknown') and sequence > ? and address <> ''
  order by sequence limit ?`;

export const ACCEPTED_SINCE = `
  select count(*) as count from delivery indexed by delivery_state where send = ? and state = 'accepted' and updated_at >= ?`;

export const LAST_ISSUE = `select max(issue) as issue from send where channel = 'live'`;

export const HISTORY = `select 1 as one from send where channel = 'live' limit 1`;
