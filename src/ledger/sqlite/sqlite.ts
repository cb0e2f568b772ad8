import type { Approval, LockHold } from '../agreement.js';
import type {
  AudienceCounts,
  Channel,
  Claim,
  ClaimRequest,
  Counts,
  Failure,
  FreezeHeader,
  FreezeResult,
  Frozen,
  FrozenRecipient,
  Ledger,
  Presence,
  Retry,
  Send,
  Settlement,
  SuppressionReason,
} from '../ledger.js';
import { PRESENT_MS } from '../ledger.js';
import * as agreement from './agreement.js';
import { Database } from './database.js';
import * as sql from './statements.js';

/** A ledger in a file on this machine; several processes may share it. */
export class SqliteLedger implements Ledger {
  private constructor(private readonly database: Database) {}

  static async open(file: string): Promise<SqliteLedger> {
    return new SqliteLedger(await Database.open(file));
  }

  async find(issue: number, channel: Channel): Promise<Send | undefined> {
    const [row] = this.database.all<sql.SendRow>(sql.FIND, issue, channel);
    return row && sendOf(row);
  }

  freeze(
    header: FreezeHeader,
    recipients: AsyncIterable<readonly FrozenRecipient[]>,
    result: () => FreezeResult,
  ): Promise<Frozen> {
    const { issue, channel, transport, message, digest, now } = header;
    return this.database.longTransaction(async () => {
      const before = await this.find(issue, channel);
      if (before) {
        const { queued, claimed } = await this.counts(before.id);
        const watched = (await this.present(before.id)).some(({ seenAt }) => now - seenAt < PRESENT_MS);
        if (channel === 'live' || queued + claimed > 0 || watched) return { send: before, created: false };
        this.database.run(sql.DELETE_SEND, before.id);
      }
      const text = JSON.stringify(message);
      const values = [issue, channel, transport, text, digest, now] as const;
      const id = this.database.all<{ id: number }>(sql.INSERT_SEND, ...values)[0]?.id ?? 0;
      let sequence = 0;
      for await (const batch of recipients) {
        const rows = batch.map((one) => [
          one.key,
          one.address,
          one.name,
          one.reference,
          JSON.stringify(one.fields),
        ]);
        this.database.run(sql.INSERT_DELIVERIES, id, sequence, now, JSON.stringify(rows));
        sequence += batch.length;
      }
      const { audience, audienceDigest } = result();
      const excluded = JSON.stringify(audience.excluded);
      this.database.run(sql.COMPLETE_SEND, audience.listed, audience.eligible, excluded, audienceDigest, id);
      const facts = { id, issue, channel, transport, message, digest, audience, audienceDigest };
      return { send: { ...facts, createdAt: now, pausedBy: null, retries: 0 }, created: true };
    });
  }

  async exchange(
    send: number,
    now: number,
    settlements: readonly Settlement[],
    request: ClaimRequest,
  ): Promise<Claim[]> {
    if (settlements.length === 0 && request.limit === 0) return [];
    return this.database.transaction(() => {
      if (settlements.length > 0) {
        this.database.run(sql.SETTLE, JSON.stringify(settlements.map(settledRow)), now, send);
      }
      return request.limit === 0 ? [] : this.claim(send, now, request);
    });
  }

  private claim(send: number, now: number, { worker, leaseUntil, limit }: ClaimRequest): Claim[] {
    const [{ rows = '[]' } = {}] = this.database.all<{ rows: string }>(sql.NEXT, send, now, limit);
    const claims = (JSON.parse(rows) as sql.NextRow[]).map((row) => claimOf(row, leaseUntil));
    if (claims.length === 0) return [];
    const sequences = JSON.stringify(claims.map(({ sequence }) => sequence));
    this.database.run(sql.CLAIM, worker, leaseUntil, now, send, sequences);
    return claims.sort((a, b) => a.sequence - b.sequence);
  }

  async counts(send: number): Promise<Counts> {
    const rows = this.database.all<{ state: keyof Counts; count: number }>(sql.COUNTS, send);
    const found = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    return { queued: 0, claimed: 0, accepted: 0, rejected: 0, unknown: 0, ...found };
  }

  async nextDue(send: number): Promise<number | undefined> {
    return this.database.all<{ due: number | null }>(sql.NEXT_DUE, send)[0]?.due ?? undefined;
  }

  async holders(send: number): Promise<{ worker: string; leaseUntil: number; claims: number }[]> {
    return this.database.all(sql.HOLDERS, send);
  }

  async abandon(send: number, workers: readonly string[], now: number): Promise<number> {
    return this.database.transaction(() =>
      workers.reduce((sum, worker) => sum + this.database.run(sql.ABANDON, now, send, worker), 0),
    );
  }

  async retriable(send: number): Promise<Retry> {
    return this.countRetriable(send);
  }

  async requeue({ id, retries }: Send, wanted: Retry, now: number): Promise<boolean> {
    return this.database.transaction(() => {
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

  async lastDeferral(send: number): Promise<{ code: string; reason: string } | undefined> {
    return this.database.all<{ code: string; reason: string }>(sql.LAST_DEFERRAL, send)[0];
  }

  async refresh(send: number, now: number): Promise<void> {
    await this.database.transaction(() => this.database.run(sql.REFRESH, now, send));
  }

  async withdraw(send: Send): Promise<number> {
    return this.database.transaction(() => {
      const rows = this.database.all<{ reason: string; count: number }>(sql.WITHDRAWN, send.id);
      const gone = this.database.run(sql.WITHDRAW, send.id);
      this.database.run(sql.DOUBT, send.id);
      if (gone === 0) return 0;
      const [now] = this.database.all<sql.SendRow>(sql.FIND, send.issue, send.channel);
      const { listed, eligible, excluded } = now ? sendOf(now).audience : send.audience;
      const merged: Record<string, number> = { ...excluded };
      for (const { reason, count } of rows) merged[reason] = (merged[reason] ?? 0) + count;
      const digest = send.audienceDigest;
      this.database.run(sql.COMPLETE_SEND, listed, eligible - gone, JSON.stringify(merged), digest, send.id);
      return gone;
    });
  }

  async join(send: number, worker: string, now: number, leaseUntil: number): Promise<number> {
    await this.database.transaction(() => {
      this.database.run(sql.JOIN, worker, now, send);
      this.database.run(sql.RENEW, leaseUntil, send, worker);
    });
    return this.database.all<{ count: number }>(sql.CROWD, now - PRESENT_MS, send)[0]?.count ?? 1;
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
    const pages = this.database.pages<sql.FailureRow>(sql.FAILURES, (row) => row.sequence, 500, send);
    for (const { sequence: _, fields, ...row } of pages) {
      yield { ...row, fields: JSON.parse(fields) as Record<string, string> };
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

  async suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, SuppressionReason>> {
    if (this.database.all(sql.ANY_SUPPRESSED).length === 0) return new Map();
    const rows = this.database.all<{ key: string; reason: SuppressionReason }>(
      sql.SUPPRESSED,
      JSON.stringify(keys),
    );
    return new Map(rows.map(({ key, reason }) => [key, reason]));
  }

  async suppress(key: string, reason: SuppressionReason, source: string, now: number): Promise<void> {
    await this.database.transaction(() => this.database.run(sql.SUPPRESS, key, reason, source, now));
  }

  approve(approval: Approval): Promise<void> {
    return agreement.approve(this.database, approval);
  }

  async approval(issue: number): Promise<Approval | undefined> {
    return agreement.approvalOf(this.database, issue);
  }

  disapprove(issue: number): Promise<boolean> {
    return agreement.disapprove(this.database, issue);
  }

  lock(name: string, holder: string, now: number, leaseUntil: number): Promise<LockHold> {
    return agreement.lock(this.database, name, { holder, leaseUntil }, now);
  }

  unlock(name: string, holder: string): Promise<void> {
    return agreement.unlock(this.database, name, holder);
  }

  async close(): Promise<void> {
    this.database.close();
  }
}

function sendOf(row: sql.SendRow): Send {
  const { listed, eligible, excluded, message, ...rest } = row;
  const audience: AudienceCounts = { listed, eligible, excluded: JSON.parse(excluded) };
  return { ...rest, audience, message: JSON.parse(message) };
}

/** A settlement as its statement takes it. */
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
