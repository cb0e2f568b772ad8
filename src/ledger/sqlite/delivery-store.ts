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
import { freeze } from './freeze.js';
import { SqliteRecovery } from './recovery.js';
import * as sql from './statements.js';

/** If a queued reader was suppressed, others may be too. This many rows are checked together. */
const LOOK_AGAIN = 1_000;

/** The sends and deliveries in a ledger file; several processes may share it. */
export class SqliteDeliveryStore extends SqliteRecovery implements DeliveryStore {
  async find(issue: number, channel: Channel): Promise<Send | undefined> {
    const [row] = this.database.all<sql.SendRow>(sql.FIND, issue, channel);
    return row && sendOf(row);
  }

  async message(send: number): Promise<CompiledMessage> {
    const [row] = this.database.all<{ message: string }>(sql.MESSAGE, send);
    if (!row) throw new Error(`there is no send ${send}`);
    return JSON.parse(row.message);
  }

  async overview(channel: Channel): Promise<SendOverview[]> {
    const rows = this.database.all<sql.OverviewRow>(sql.OVERVIEW, channel);
    return rows.map(({ issue, listId, open }) => ({ issue, listId, finished: open === 0 }));
  }

  async freeze(
    header: FreezeHeader,
    recipients: AsyncIterable<readonly FrozenRecipient[]>,
    result: () => FreezeResult,
  ): Promise<Frozen> {
    const outcome = await freeze(this.database, header, recipients, result);
    return 'created' in outcome
      ? { send: outcome.created, created: true }
      : { send: sendOf(outcome.before), created: false };
  }

  async exchange(
    send: number,
    now: number,
    settlements: readonly Settlement[],
    request: ClaimRequest,
  ): Promise<Claim[]> {
    if (settlements.length === 0 && request.limit === 0) return [];
    return this.database.transaction(() => {
      if (settlements.length > 0) this.database.run(sql.CLEAR_COUNTS, send);
      for (const round of inRounds(settlements)) {
        this.database.run(sql.SETTLE, JSON.stringify(round.map(settledRow)), now, send);
      }
      const claims = request.limit === 0 ? [] : this.claim(send, now, request);
      if (claims.length === 0) this.database.run(sql.KEEP_COUNTS, send);
      return claims;
    });
  }

  /** Claims the next deliveries, and withdraws recipients who have since unsubscribed, until there are enough. */
  private claim(send: number, now: number, { worker, leaseUntil, limit }: ClaimRequest): Claim[] {
    const claims: Claim[] = [];
    for (let look = limit; claims.length < limit; look = LOOK_AGAIN) {
      const [{ rows: text = '[]' } = {}] = this.database.all<{ rows: string }>(sql.NEXT, send, now, look);
      const rows = (JSON.parse(text) as sql.NextRow[]).sort(([a], [b]) => a - b);
      const next = rows.filter((row) => row[8] === null).slice(0, limit - claims.length);
      const sequences = JSON.stringify(next.map(([sequence]) => sequence));
      if (next.length > 0) this.database.run(sql.CLAIM, worker, leaseUntil, now, send, sequences);
      claims.push(...next.map((row) => claimOf(row, leaseUntil)));
      this.exclude(
        send,
        rows.flatMap(([sequence, , , , , , , , reason]) => (reason ? [[sequence, reason] as const] : [])),
      );
      if (rows.length < look) break;
    }
    return claims;
  }

  /** Withdraws queued deliveries and counts the reasons, except for recipients who may have got the message. @returns how many */
  private exclude(send: number, left: readonly (readonly [sequence: number, reason: string])[]): number {
    if (left.length === 0) return 0;
    const text = JSON.stringify(left);
    this.database.run(sql.DOUBT, send, text);
    const gone = this.database.all<{ sequence: number }>(sql.WITHDRAW, send, text);
    const [row] = this.database.all<{ excluded: string; withdrawn: string }>(sql.EXCLUDED, send);
    if (gone.length === 0 || !row) return 0;
    const sequences = new Set(gone.map(({ sequence }) => sequence));
    const reasons = left.filter(([sequence]) => sequences.has(sequence)).map(([, reason]) => reason);
    const excluded = counted(row.excluded, reasons);
    this.database.run(sql.EXCLUDE, gone.length, excluded, counted(row.withdrawn, reasons), send);
    return gone.length;
  }

  async counts(send: number): Promise<Counts> {
    const kept = this.keptCounts(send);
    if (kept) {
      const { accepted, rejected, unknown } = kept;
      return { queued: 0, claimed: 0, accepted, rejected, unknown };
    }
    const rows = this.database.all<{ state: keyof Counts; count: number }>(sql.COUNTS, send);
    const found = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    return { queued: 0, claimed: 0, accepted: 0, rejected: 0, unknown: 0, ...found };
  }

  async rejectedInDoubt(send: number): Promise<number> {
    const kept = this.keptCounts(send);
    if (kept) return kept.rejectedInDoubt;
    return this.database.all<{ count: number }>(sql.REJECTED_IN_DOUBT, send)[0]?.count ?? 0;
  }

  async nextDue(send: number): Promise<number | undefined> {
    return this.database.all<{ due: number | null }>(sql.NEXT_DUE, send)[0]?.due ?? undefined;
  }

  async holders(send: number): Promise<ClaimHolder[]> {
    return this.database.all(sql.HOLDERS, send);
  }

  async abandon(send: number, workers: readonly string[], now: number): Promise<number> {
    return this.change(send, () =>
      workers.reduce((sum, worker) => sum + this.database.run(sql.ABANDON, now, send, worker), 0),
    );
  }

  async retriable(send: number): Promise<Retry> {
    return this.countRetriable(send);
  }

  async requeue({ id, retries }: Send, wanted: Retry, now: number): Promise<boolean> {
    return this.change(id, () => {
      const states = (['rejected', 'unknown'] as const).filter((state) => wanted[state] > 0);
      const there = this.countRetriable(id);
      if (states.some((state) => there[state] !== wanted[state])) return false;
      if (this.database.run(sql.COUNT_RETRY, id, retries) === 0) return false;
      for (const state of states) this.database.run(sql.REQUEUE, now, id, id, state);
      return true;
    });
  }

  private countRetriable(send: number): Retry {
    const rows = this.database.all<{ state: keyof Retry; count: number }>(sql.RETRIABLE_COUNTS, send);
    return { rejected: 0, unknown: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
  }

  async lastDeferral(send: number): Promise<Deferral | undefined> {
    return this.database.all<Deferral>(sql.LAST_DEFERRAL, send)[0];
  }

  async refresh(send: number, now: number): Promise<void> {
    await this.database.transaction(() => this.database.run(sql.REFRESH, now, send));
  }

  async withdraw(
    { id }: Send,
    optOuts?: ReadonlyMap<string, SuppressionReason | 'unclear'>,
  ): Promise<number> {
    return this.change(id, () => {
      const [{ rows = '[]' } = {}] = optOuts
        ? this.database.all<{ rows: string }>(sql.LEFT_ON_LIST, JSON.stringify([...optOuts]), id)
        : this.database.all<{ rows: string }>(sql.LEFT, id);
      return this.exclude(id, JSON.parse(rows) as [number, string][]);
    });
  }

  async join(send: number, worker: string, now: number, leaseUntil: number): Promise<WorkerShare> {
    await this.database.transaction(() => {
      this.database.run(sql.JOIN, worker, now, send);
      this.database.run(sql.RENEW, leaseUntil, send, worker);
    });
    const [crowd] = this.database.all<WorkerShare>(sql.CROWD, send, worker, now - PRESENT_MS, send);
    return crowd && crowd.workers > 0 ? crowd : { workers: 1, place: 0 };
  }

  async present(send: number): Promise<Presence[]> {
    return this.database.all(sql.PRESENT, send);
  }

  async leave(send: number, worker: string, now: number): Promise<void> {
    await this.database.transaction(() => this.database.run(sql.LEAVE, send, worker, now - PRESENT_MS));
  }

  async pause(send: number, reason: string | null): Promise<void> {
    await this.database.transaction(() => this.database.run(sql.PAUSE, reason, send));
  }

  async *failures(send: number): AsyncGenerator<Failure> {
    const pages = this.database.pages<sql.FailureRow, number>(sql.FAILURES, (row) => row.sequence, -1, send);
    for (const { sequence: _, fields, rejectedInDoubt, ...row } of pages) {
      yield {
        ...row,
        rejectedInDoubt: rejectedInDoubt !== 0,
        fields: JSON.parse(fields) as Record<string, string>,
      };
    }
  }

  async acceptedSince(send: number, since: number): Promise<number> {
    return this.database.all<{ count: number }>(sql.ACCEPTED_SINCE, send, since)[0]?.count ?? 0;
  }

  async lastIssue(): Promise<number> {
    return this.database.all<{ issue: number | null }>(sql.LAST_ISSUE)[0]?.issue ?? 0;
  }

  async hasHistory(): Promise<boolean> {
    return this.database.all(sql.HISTORY).length > 0;
  }
}

function sendOf(row: sql.SendRow): Send {
  const { listed, eligible, excluded, withdrawn, listId, listName, ...rest } = row;
  const counts: AudienceCounts = { listed, eligible, excluded: JSON.parse(excluded) };
  const audience = withdrawn === '{}' ? counts : { ...counts, withdrawn: JSON.parse(withdrawn) };
  return { ...rest, list: { id: listId, name: listName }, audience };
}

/** Counts by reason as JSON, with additional ones added. */
function counted(json: string, reasons: readonly string[]): string {
  const counts = JSON.parse(json) as Record<string, number>;
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return JSON.stringify(counts);
}

/** A settlement in the form of its statement. */
function settledRow({ sequence, attempt, ...outcome }: Settlement): (string | number | null)[] {
  const { state } = outcome;
  const row = [sequence, attempt, state];
  if (state === 'queued') {
    return [...row, null, outcome.code, outcome.reason, outcome.tries, outcome.notBefore];
  }
  if (state === 'accepted') return [...row, outcome.messageId, null, null, null, null];
  return [...row, null, outcome.code, outcome.reason, null, null];
}

function claimOf(
  [sequence, attempt, tries, key, address, name, reference, fields]: sql.NextRow,
  leaseUntil: number,
): Claim {
  return { sequence, attempt: attempt + 1, tries, leaseUntil, key, address, name, reference, fields };
}
