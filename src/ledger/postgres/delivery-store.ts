import { randomInt } from 'node:crypto';
import type { CompiledMessage } from '../../message/compiled.js';
import {
  type Claim,
  type ClaimHolder,
  type ClaimRequest,
  type Deferral,
  type Failure,
  type FrozenRecipient,
  PRESENT_MS,
  type Presence,
  type Retry,
  type Settlement,
  type WorkerShare,
} from '../delivery.js';
import type { DeliveryStore } from '../delivery-store.js';
import type { SuppressionReason } from '../reader-store.js';
import type {
  AudienceCounts,
  Channel,
  Counts,
  FreezeHeader,
  FreezeResult,
  Frozen,
  Send,
  SendOverview,
} from '../send.js';
import { inRounds } from '../settlements.js';
import { Undone } from './database.js';
import { freeze } from './freeze.js';
import { PostgresRecovery } from './recovery.js';
import * as sql from './statements.js';
import { storable } from './text.js';

/** Tickets are random, and safe integers in JavaScript. */
const TICKETS = 2 ** 47;
/** A query that runs every second is answered quickly, or the connection is dead. */
const QUICK_MS = 20_000;

/** The sends and deliveries in a PostgreSQL ledger, for processes on several machines. */
export class PostgresDeliveryStore extends PostgresRecovery implements DeliveryStore {
  /** The tickets of exchanges whose answers never arrived. Nobody holds their claims. */
  private readonly lost = new Set<number>();

  async find(issue: number, channel: Channel): Promise<Send | undefined> {
    const [row] = await this.database.all<sql.SendRow>(sql.FIND, issue, channel);
    return row && sendOf(row);
  }

  async message(send: number): Promise<CompiledMessage> {
    const [row] = await this.database.all<{ message: CompiledMessage }>(sql.MESSAGE, send);
    if (!row) throw new Error(`there is no send ${send}`);
    return row.message;
  }

  async overview(channel: Channel): Promise<SendOverview[]> {
    const rows = await this.database.all<sql.OverviewRow>(sql.OVERVIEW, channel);
    return rows.map(({ issue, listId, open }) => ({ issue, listId, finished: !open }));
  }

  async freeze(
    header: FreezeHeader,
    recipients: AsyncIterable<readonly FrozenRecipient[]>,
    result: () => FreezeResult,
  ): Promise<Frozen> {
    const work = freeze(header, recipients, result);
    const frozen = await this.database.longTransaction(work);
    // Updates the statistics of the server now instead of in a minute.
    if ('created' in frozen) await this.database.run('analyze obn.delivery');
    return 'created' in frozen
      ? { send: frozen.created, created: true }
      : { send: sendOf(frozen.before), created: false };
  }

  async exchange(
    send: number,
    now: number,
    settlements: readonly Settlement[],
    request: ClaimRequest,
  ): Promise<Claim[]> {
    const { limit, leaseUntil } = request;
    const rounds = inRounds(settlements);
    const last = rounds.pop() ?? [];
    for (const round of rounds) await this.ask(send, now, round, { ...request, limit: 0 });
    if (settlements.length === 0 && limit === 0 && this.lost.size === 0) return [];
    const claims: Claim[] = [];
    const tickets: number[] = [];
    try {
      for (let first = true; ; first = false) {
        const wanted = { ...request, limit: limit - claims.length };
        const { rows, ticket } = await this.ask(send, now, first ? last : [], wanted);
        tickets.push(ticket);
        for (const { suppressed, ...row } of rows) if (!suppressed) claims.push({ ...row, leaseUntil });
        const someHaveLeft = rows.some(({ suppressed }) => suppressed);
        if (someHaveLeft) await this.withdraw({ id: send });
        if (!someHaveLeft || claims.length >= limit) break;
      }
    } catch (error) {
      // Nobody holds the claims of a failed exchange.
      for (const ticket of tickets) this.lost.add(ticket);
      throw error;
    }
    if (claims.length === 0 && limit > 0) await this.keepCounts(send);
    return claims.sort((a, b) => a.sequence - b.sequence);
  }

  /** One exchange. If its answer does not arrive, the next exchange releases its claims. */
  private ask(
    send: number,
    now: number,
    settlements: readonly Settlement[],
    { worker, limit, leaseUntil }: ClaimRequest,
  ): Promise<{ rows: readonly sql.NextRow[]; ticket: number }> {
    const answers = JSON.stringify(settlements.map(answerOf));
    return this.database.repeat(async (session) => {
      const lost = [...this.lost];
      const ticket = randomInt(TICKETS);
      this.lost.add(ticket);
      const values = [send, now, answers, worker, limit, leaseUntil, ticket, lost];
      const rows = await session.all<sql.NextRow & Record<string, unknown>>(sql.EXCHANGE, values, QUICK_MS);
      this.lost.delete(ticket);
      return { rows, ticket };
    });
  }

  async counts(send: number): Promise<Counts> {
    const kept = await this.keptCounts(send);
    if (kept) {
      const { accepted, rejected, unknown } = kept;
      return { queued: 0, claimed: 0, accepted, rejected, unknown };
    }
    const rows = await this.database.all<{ state: keyof Counts; count: number }>(sql.COUNTS, send);
    const found = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    return { queued: 0, claimed: 0, accepted: 0, rejected: 0, unknown: 0, ...found };
  }

  async rejectedInDoubt(send: number): Promise<number> {
    const kept = await this.keptCounts(send);
    if (kept) return kept.rejectedInDoubt;
    return (await this.database.all<{ count: number }>(sql.REJECTED_IN_DOUBT, send))[0]?.count ?? 0;
  }

  async nextDue(send: number): Promise<number | undefined> {
    return (await this.database.all<{ due: number | null }>(sql.NEXT_DUE, send))[0]?.due ?? undefined;
  }

  holders(send: number): Promise<ClaimHolder[]> {
    return this.database.all(sql.HOLDERS, send);
  }

  abandon(send: number, workers: readonly string[], now: number): Promise<number> {
    return this.change(send, (session) => session.run(sql.ABANDON, send, now, workers));
  }

  async retriable(send: number): Promise<Retry> {
    const rows = await this.database.all<{ state: keyof Retry; count: number }>(sql.RETRIABLE_COUNTS, send);
    return { rejected: 0, unknown: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
  }

  async requeue({ id, retries }: Send, wanted: Retry, now: number): Promise<boolean> {
    const states = (['rejected', 'unknown'] as const).filter((state) => wanted[state] > 0);
    try {
      await this.database.transaction(async (session) => {
        if ((await session.run(sql.COUNT_RETRY, id, retries)) === 0) throw new Undone();
        for (const state of states) {
          if ((await session.run(sql.REQUEUE, id, now, state)) !== wanted[state]) throw new Undone();
        }
      });
      return true;
    } catch (error) {
      if (error instanceof Undone) return false;
      throw error;
    }
  }

  async lastDeferral(send: number): Promise<Deferral | undefined> {
    return (await this.database.all<Deferral & Record<string, unknown>>(sql.LAST_DEFERRAL, send))[0];
  }

  async refresh(send: number, now: number): Promise<void> {
    await this.database.run(sql.REFRESH, send, now);
  }

  withdraw(
    { id }: Pick<Send, 'id'>,
    optOuts?: ReadonlyMap<string, SuppressionReason | 'unclear'>,
  ): Promise<number> {
    const gone = optOuts && [...optOuts].map(([key, reason]) => ({ key: storable(key), reason }));
    const [withdraw, doubt] = gone ? [sql.WITHDRAW_ON_LIST, sql.DOUBT_ON_LIST] : [sql.WITHDRAW, sql.DOUBT];
    const values = gone ? [id, JSON.stringify(gone)] : [id];
    return this.change(id, async (session) => {
      const [row] = await session.all<sql.SendRow>(sql.LOCK_SEND, [id]);
      const rows = await session.all<{ reason: string; count: number }>(withdraw, values);
      await session.run(doubt, ...values);
      const withdrawn = rows.reduce((sum, { count }) => sum + count, 0);
      if (withdrawn === 0 || !row) return 0;
      await session.run(
        sql.EXCLUDE,
        id,
        withdrawn,
        counted(row.excluded, rows),
        counted(row.withdrawn, rows),
      );
      return withdrawn;
    });
  }

  async join(send: number, worker: string, now: number, leaseUntil: number): Promise<WorkerShare> {
    const values = [send, worker, now, leaseUntil, now - PRESENT_MS, [...this.lost]];
    const rows = await this.database.repeat((session) =>
      session.all<WorkerShare & Record<string, unknown>>(sql.JOIN, values, QUICK_MS),
    );
    const [crowd] = rows;
    return crowd && crowd.workers > 0 ? crowd : { workers: 1, place: 0 };
  }

  present(send: number): Promise<Presence[]> {
    return this.database.all<Presence & Record<string, unknown>>(sql.PRESENT, send);
  }

  async leave(send: number, worker: string, now: number): Promise<void> {
    await this.database.run(sql.LEAVE, send, worker, now - PRESENT_MS);
    await this.keepCounts(send);
  }

  async pause(send: number, reason: string | null): Promise<void> {
    await this.database.run(sql.PAUSE, send, reason === null ? null : storable(reason));
  }

  async *failures(send: number): AsyncGenerator<Failure> {
    type Row = sql.FailureRow & Record<string, unknown>;
    const rows = this.database.pages<Row, number>(sql.FAILURES, (row) => row.sequence, -1, send);
    for await (const { sequence: _, ...row } of rows) yield row;
  }

  async acceptedSince(send: number, since: number): Promise<number> {
    return (await this.database.all<{ count: number }>(sql.ACCEPTED_SINCE, send, since))[0]?.count ?? 0;
  }

  async lastIssue(): Promise<number> {
    return (await this.database.all<{ issue: number | null }>(sql.LAST_ISSUE))[0]?.issue ?? 0;
  }

  async hasHistory(): Promise<boolean> {
    return (await this.database.all(sql.HISTORY)).length > 0;
  }
}

function sendOf(row: sql.SendRow): Send {
  const { listed, eligible, excluded, withdrawn, listId, listName, ...rest } = row;
  const counts: AudienceCounts = { listed, eligible, excluded };
  const audience = Object.keys(withdrawn).length === 0 ? counts : { ...counts, withdrawn };
  return { ...rest, list: { id: listId, name: listName }, audience };
}

/** Counts by reason as JSON, with additional ones added. */
function counted(
  before: Readonly<Record<string, number>>,
  more: readonly { readonly reason: string; readonly count: number }[],
): string {
  const counts: Record<string, number> = { ...before };
  for (const { reason, count } of more) counts[reason] = (counts[reason] ?? 0) + count;
  return JSON.stringify(counts);
}

/** A settlement in the form of its statement. */
function answerOf({ sequence, attempt, ...outcome }: Settlement): sql.AnswerRow {
  const { state } = outcome;
  if (state === 'accepted') return { sequence, attempt, state, message_id: storable(outcome.messageId) };
  const said = { sequence, attempt, state, code: storable(outcome.code), reason: storable(outcome.reason) };
  return state === 'queued' ? { ...said, tries: outcome.tries, not_before: outcome.notBefore } : said;
}
