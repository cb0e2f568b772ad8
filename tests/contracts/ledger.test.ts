import { describe, expect, it } from 'vitest';
import { type Claim, PRESENT_MS, type Settlement } from '../../src/ledger/delivery.js';
import type { Send } from '../../src/ledger/send.js';
import { claimFor, frozenLedger, HEADER, kinds, recipients, result } from './ledgers.js';

const WHY = { code: '451', reason: 'later' };
const LATER = 9_000_000;
const accepted = ({ sequence, attempt }: Claim) =>
  ({ sequence, attempt, state: 'accepted', messageId: 'm' }) as const;

describe.each(Object.keys(kinds))('the %s ledger', (kind) => {
  const frozen = (count: number) => frozenLedger(kind, count);

  it('freezes an issue once', async () => {
    const { ledger, send } = await frozen(3);
    const again = await ledger.deliveries.freeze({ ...HEADER, digest: 'other' }, recipients(9), result(9));
    expect(again).toMatchObject({ created: false, send: { id: send.id, digest: 'd' } });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 3 });
    expect(await ledger.deliveries.find(3, 'live')).toMatchObject({
      list: { id: HEADER.message.list.id, name: HEADER.message.list.name },
      audience: { eligible: 3 },
    });
    expect(await ledger.deliveries.find(3, 'rehearsal')).toBeUndefined();
  });

  it('gives an overview of every send of a channel, and whether it is finished', async () => {
    const { ledger, send } = await frozen(1);
    const listId = HEADER.message.list.id;
    expect(await ledger.deliveries.overview('live')).toEqual([{ issue: 3, listId, finished: false }]);
    expect(await ledger.deliveries.overview('rehearsal')).toEqual([]);
    const [claim] = await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1));
    expect(await ledger.deliveries.overview('live')).toMatchObject([{ finished: false }]);
    await ledger.deliveries.exchange(send.id, 2, [accepted(claim as Claim)], claimFor('a:1', 0));
    expect(await ledger.deliveries.overview('live')).toMatchObject([{ issue: 3, finished: true }]);
  });

  it('has frozen nothing when the audience could not be read to its end', async () => {
    const { ledger } = await frozen(1);
    async function* broken() {
      yield* recipients(2);
      throw new Error('the disk is gone');
    }
    await expect(ledger.deliveries.freeze({ ...HEADER, issue: 4 }, broken(), result(2))).rejects.toThrow(
      'the disk is gone',
    );
    expect(await ledger.deliveries.find(4, 'live')).toBeUndefined();
  });

  it('replaces a rehearsal that was finished and that nobody is at, and goes on with one that was not', async () => {
    const { ledger } = await frozen(1);
    const header = { ...HEADER, channel: 'rehearsal', now: 1_000_000 } as const;
    const first = (await ledger.deliveries.freeze(header, recipients(1), result(1))).send;
    expect((await ledger.deliveries.freeze(header, recipients(2), result(2))).created).toBe(false);
    const [claim] = await ledger.deliveries.exchange(first.id, 1, [], claimFor('a:1', 1));
    await ledger.deliveries.exchange(first.id, 2, [accepted(claim as Claim)], claimFor('a:1', 0));
    await ledger.deliveries.join(first.id, 'a:1', header.now, LATER);
    expect((await ledger.deliveries.freeze(header, recipients(2), result(2))).created).toBe(false);
    await ledger.deliveries.leave(first.id, 'a:1', 4);
    const second = await ledger.deliveries.freeze(header, recipients(2), result(2));
    expect(second.created).toBe(true);
    await ledger.deliveries.join(first.id, 'a:1', 5, LATER);
    expect(await ledger.deliveries.present(first.id)).toEqual([]);
    expect(second.send.id).not.toBe(first.id);
    expect(await ledger.deliveries.counts(second.send.id)).toMatchObject({ queued: 2, accepted: 0 });
  });

  it('hands every delivery to one worker only, in the order of the list', async () => {
    const { ledger, send, open } = await frozen(10);
    const other = await open();
    const claims = await Promise.all([
      ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 6)),
      other.deliveries.exchange(send.id, 1, [], claimFor('b:1', 6)),
    ]);
    await other.close();
    for (const some of claims) {
      const sequences = some.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    }
    const keys = claims.flat().map(({ key }) => key);
    expect(new Set(keys).size).toBe(10);
    expect(keys).toHaveLength(10);
    expect(claims.flat()[0]).toMatchObject({ attempt: 1, tries: 0, fields: { n: 'é "' } });
  });

  it('settles what is known, and never twice', async () => {
    const { ledger, send } = await frozen(3);
    const [a, b, c] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 3))) as [
      Claim,
      Claim,
      Claim,
    ];
    const lost = { sequence: c.sequence, attempt: 1, state: 'unknown', code: 'x', reason: 'y' } as const;
    const no = { sequence: b.sequence, attempt: 1, state: 'rejected', code: '550', reason: 'no' } as const;
    await ledger.deliveries.exchange(send.id, 2, [accepted(a), no, lost], claimFor('a:1', 0));
    await ledger.deliveries.exchange(
      send.id,
      3,
      [{ ...no, sequence: a.sequence }, accepted(b)],
      claimFor('a:1', 0),
    );
    expect(await ledger.deliveries.counts(send.id)).toEqual({
      queued: 0,
      claimed: 0,
      accepted: 1,
      rejected: 1,
      unknown: 1,
    });
    await ledger.deliveries.exchange(send.id, 4, [accepted(c)], claimFor('a:1', 0));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 2, unknown: 0 });
  });

  it('does not let a late no of an older attempt change a newer one', async () => {
    const { ledger, send } = await frozen(1);
    const [first] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1))) as [Claim];
    await ledger.deliveries.abandon(send.id, ['a:1'], 2);
    expect(await ledger.deliveries.requeue(send, { rejected: 0, unknown: 1 }, 3)).toBe(true);
    const [second] = (await ledger.deliveries.exchange(send.id, 4, [], claimFor('b:1', 1))) as [Claim];
    expect(second.attempt).toBe(2);
    const no = { sequence: 0, attempt: first.attempt, state: 'rejected', code: '550', reason: 'no' } as const;
    await ledger.deliveries.exchange(send.id, 5, [no], claimFor('a:1', 0));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ claimed: 1, rejected: 0 });
    expect(await ledger.deliveries.holders(send.id)).toMatchObject([{ worker: 'b:1', claims: 1 }]);
  });

  it('makes the claims of the dead unknown, and of nobody else', async () => {
    const { ledger, send } = await frozen(4);
    await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1));
    await ledger.deliveries.exchange(send.id, 1, [], claimFor('b:1', 2));
    expect(await ledger.deliveries.holders(send.id)).toEqual([
      { worker: 'a:1', leaseUntil: 5_000, claims: 1 },
      { worker: 'b:1', leaseUntil: 5_000, claims: 2 },
    ]);
    expect(await ledger.deliveries.abandon(send.id, ['b:1'], 9)).toBe(2);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 1, claimed: 1, unknown: 2 });
    const failures = [];
    for await (const failure of ledger.deliveries.failures(send.id)) failures.push(failure);
    expect(failures).toMatchObject([{ state: 'unknown', code: 'interrupted' }, { state: 'unknown' }]);
  });

  it('puts back into the queue what was agreed to, and only once', async () => {
    const { ledger, send } = await frozen(4);
    const claims = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 3))) as [
      Claim,
      Claim,
      Claim,
    ];
    const lost = claims.map(({ sequence, attempt }) => ({
      ...{ sequence, attempt, state: 'unknown', code: '500', reason: 'no answer' },
    })) as Settlement[];
    await ledger.deliveries.exchange(send.id, 2, lost, claimFor('a:1', 0));
    const found = (await ledger.deliveries.find(3, 'live')) as Send;
    expect(await ledger.deliveries.requeue(found, { rejected: 0, unknown: 2 }, 3)).toBe(false);
    expect(await ledger.deliveries.requeue(found, { rejected: 1, unknown: 3 }, 3)).toBe(false);
    expect(await ledger.deliveries.requeue(found, { rejected: 0, unknown: 3 }, 3)).toBe(true);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 4, unknown: 0 });
    const again = await ledger.deliveries.exchange(send.id, 4, [], claimFor('a:1', 3));
    const lostAgain = again.map(({ sequence, attempt }) => ({
      ...{ sequence, attempt, state: 'unknown', code: '500', reason: 'no answer' },
    })) as Settlement[];
    await ledger.deliveries.exchange(send.id, 5, lostAgain, claimFor('a:1', 0));
    // Whoever has planned before the first retry has not agreed to a second one.
    expect(await ledger.deliveries.requeue(found, { rejected: 0, unknown: 3 }, 6)).toBe(false);
    const now = (await ledger.deliveries.find(3, 'live')) as Send;
    expect(await ledger.deliveries.requeue(now, { rejected: 0, unknown: 3 }, 7)).toBe(true);
  });

  it('keeps those in the record who may have got it and have left since', async () => {
    const { ledger, send } = await frozen(3);
    const [a, b] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 2))) as [Claim, Claim];
    const lost = (one: Claim) =>
      ({ sequence: one.sequence, attempt: 1, state: 'unknown', code: 'x', reason: 'y' }) as const;
    await ledger.deliveries.exchange(send.id, 2, [lost(a), lost(b)], claimFor('a:1', 0));
    await ledger.readers.suppress(a.key, 'unsubscribed', 'test', 3);
    expect(await ledger.deliveries.retriable(send.id)).toEqual({ rejected: 0, unknown: 1 });
    expect(await ledger.deliveries.requeue(send, { rejected: 0, unknown: 1 }, 4)).toBe(true);
    await ledger.readers.suppress(b.key, 'complained', 'test', 5);
    expect(await ledger.deliveries.withdraw(send)).toBe(0);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 1, unknown: 2 });
  });

  it('remembers why something was put off last', async () => {
    const { ledger, send } = await frozen(2);
    expect(await ledger.deliveries.lastDeferral(send.id)).toBeUndefined();
    const [a, b] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 2))) as [Claim, Claim];
    const off = (one: Claim, reason: string) =>
      ({
        ...{ sequence: one.sequence, attempt: 1, tries: 1, notBefore: 9 },
        state: 'queued',
        code: '451',
        reason,
      }) as const;
    await ledger.deliveries.exchange(send.id, 2, [off(a, 'first')], claimFor('a:1', 0));
    await ledger.deliveries.exchange(send.id, 3, [off(b, 'second')], claimFor('a:1', 0));
    expect(await ledger.deliveries.lastDeferral(send.id)).toEqual({ code: '451', reason: 'second' });
  });

  it('renews the claims of a worker that says it is there', async () => {
    const { ledger, send } = await frozen(1);
    await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1));
    await ledger.deliveries.join(send.id, 'a:2', 2, 8_000);
    expect(await ledger.deliveries.holders(send.id)).toEqual([
      { worker: 'a:1', leaseUntil: 5_000, claims: 1 },
    ]);
    await ledger.deliveries.join(send.id, 'a:1', 2, 8_000);
    expect(await ledger.deliveries.holders(send.id)).toEqual([
      { worker: 'a:1', leaseUntil: 8_000, claims: 1 },
    ]);
  });

  it('counts time from 1970', async () => {
    const { ledger, send } = await frozen(2);
    const now = 1_800_000_000_000;
    expect(await ledger.deliveries.join(send.id, 'a:1', now, now + 9_000)).toEqual({ workers: 1, place: 0 });
    const [claim] = await ledger.deliveries.exchange(send.id, now, [], {
      worker: 'a:1',
      limit: 1,
      leaseUntil: now + 5_000,
    });
    const { sequence, attempt } = claim as Claim;
    await ledger.deliveries.join(send.id, 'a:1', now + 1_000, now + 10_000);
    expect(await ledger.deliveries.holders(send.id)).toMatchObject([{ leaseUntil: now + 10_000 }]);
    const off = { sequence, attempt, state: 'queued', tries: 1, notBefore: now + 90_000, ...WHY } as const;
    await ledger.deliveries.exchange(send.id, now, [off], claimFor('a:1', 0));
    await ledger.deliveries.exchange(send.id, now, [], claimFor('a:1', 1));
    expect(await ledger.deliveries.nextDue(send.id)).toBe(now + 90_000);
    expect(await ledger.deliveries.acceptedSince(send.id, now)).toBe(0);
    await ledger.deliveries.leave(send.id, 'a:1', now + 2_000);
    expect(await ledger.deliveries.present(send.id)).toEqual([]);
  });

  it('gives back what was put off, when its time has come', async () => {
    const { ledger, send } = await frozen(1);
    const [claim] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1))) as [Claim];
    const later = {
      sequence: 0,
      attempt: claim.attempt,
      state: 'queued',
      tries: 1,
      notBefore: 100,
      ...WHY,
    } as const;
    expect(await ledger.deliveries.exchange(send.id, 2, [later], claimFor('a:1', 1))).toEqual([]);
    expect(await ledger.deliveries.nextDue(send.id)).toBe(100);
    expect(await ledger.deliveries.exchange(send.id, 100, [], claimFor('a:1', 1))).toMatchObject([
      { attempt: 2, tries: 1 },
    ]);
  });

  it('hands over nobody who was suppressed, and counts them as excluded', async () => {
    const { ledger, send } = await frozen(4);
    await ledger.readers.suppress('r1@example.com', 'complained', 'test', 1);
    await ledger.readers.suppress('r3@example.com', 'unsubscribed', 'test', 1);
    const keys = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 2))).map(({ key }) => key);
    expect(keys).toEqual(['r0@example.com', 'r2@example.com']);
    expect(await ledger.deliveries.withdraw(send)).toBe(0);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 0, claimed: 2 });
    expect((await ledger.deliveries.find(3, 'live'))?.audience).toEqual({
      ...{ listed: 4, eligible: 2 },
      excluded: { complained: 1, unsubscribed: 1 },
      withdrawn: { complained: 1, unsubscribed: 1 },
    });
  });

  it('withdraws those who the list says have left, and keeps those in doubt', async () => {
    const { ledger, send } = await frozen(4);
    const [first] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1))) as [Claim];
    const { sequence, attempt } = first;
    const doubt = { sequence, attempt, state: 'unknown', ...WHY } as const;
    await ledger.deliveries.exchange(send.id, 2, [doubt], claimFor('a:1', 0));
    expect(await ledger.deliveries.requeue(send, { rejected: 0, unknown: 1 }, 3)).toBe(true);
    const optOuts = new Map([
      ['r0@example.com', 'unsubscribed'],
      ['r2@example.com', 'bounced'],
      ["o'brien@example.com", 'complained'],
    ] as const);
    expect(await ledger.deliveries.withdraw(send, optOuts)).toBe(1);
    expect(await ledger.deliveries.withdraw(send, optOuts)).toBe(0);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 2, unknown: 1 });
    expect(await ledger.deliveries.find(3, 'live')).toMatchObject({
      audience: { eligible: 3, excluded: { bounced: 1 }, withdrawn: { bounced: 1 } },
    });
    expect(await ledger.readers.suppressed(['r0@example.com', 'r2@example.com'])).toEqual(new Map());
  });

  it('withdraws those who left before it was their turn, also where nothing is claimed', async () => {
    const { ledger, send } = await frozen(3);
    await ledger.readers.suppress('r1@example.com', 'bounced', 'test', 1);
    expect(await ledger.deliveries.withdraw(send)).toBe(1);
    expect(await ledger.deliveries.withdraw(send)).toBe(0);
    expect(await ledger.deliveries.find(3, 'live')).toMatchObject({
      audience: { listed: 3, eligible: 2, excluded: { bounced: 1 }, withdrawn: { bounced: 1 } },
    });
  });

  it('claims past many who have left, and counts each once', async () => {
    const { ledger, send } = await frozen(2_600);
    const gone = Array.from({ length: 2_500 }, (_, index) => `r${index}@example.com`);
    const left = gone.map((key) => ({ key, reason: 'unsubscribed', source: 'test', since: 1 }) as const);
    expect(await ledger.readers.suppressAll(left)).toBe(2_500);
    const claims = await ledger.deliveries.exchange(send.id, 2, [], claimFor('a:1', 3));
    expect(claims.map(({ sequence }) => sequence)).toEqual([2_500, 2_501, 2_502]);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 97, claimed: 3 });
    expect((await ledger.deliveries.find(3, 'live'))?.audience).toMatchObject({
      eligible: 100,
      excluded: { unsubscribed: 2_500 },
    });
  });

  it('keeps in the record who is next again, may have got it, and has left since', async () => {
    const { ledger, send } = await frozen(2);
    const [a] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1))) as [Claim];
    await ledger.deliveries.abandon(send.id, ['a:1'], 2);
    expect(await ledger.deliveries.requeue(send, { rejected: 0, unknown: 1 }, 3)).toBe(true);
    await ledger.readers.suppress(a.key, 'unsubscribed', 'test', 4);
    const claims = await ledger.deliveries.exchange(send.id, 5, [], claimFor('a:1', 1));
    expect(claims.map(({ key }) => key)).toEqual(['r1@example.com']);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 0, claimed: 1, unknown: 1 });
    expect((await ledger.deliveries.find(3, 'live'))?.audience).toEqual({
      listed: 2,
      eligible: 2,
      excluded: {},
    });
  });

  it('remembers what was sent', async () => {
    const { ledger, send } = await frozen(1);
    expect([await ledger.deliveries.lastIssue(), await ledger.deliveries.hasHistory()]).toEqual([3, true]);
    await ledger.deliveries.pause(send.id, 'because');
    expect(await ledger.deliveries.find(3, 'live')).toMatchObject({ pausedBy: 'because' });
  });

  it('lets a new run begin without what an earlier one was put off by', async () => {
    const { ledger, send } = await frozen(1);
    const [claim] = await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1));
    const { sequence, attempt } = claim as Claim;
    const back = { sequence, attempt, state: 'queued', tries: 5, notBefore: 90_000, ...WHY } as const;
    expect(await ledger.deliveries.exchange(send.id, 2, [back], claimFor('a:1', 1))).toEqual([]);
    await ledger.deliveries.refresh(send.id, 3);
    expect(await ledger.deliveries.exchange(send.id, 4, [], claimFor('a:1', 1))).toMatchObject([
      { tries: 0 },
    ]);
  });

  it('knows who is present', async () => {
    const { ledger, send } = await frozen(1);
    expect(await ledger.deliveries.join(send.id, 'a:1', 1_000, LATER)).toEqual({ workers: 1, place: 0 });
    expect(await ledger.deliveries.join(send.id, 'a:2', 2_000, LATER)).toEqual({ workers: 2, place: 1 });
    expect(await ledger.deliveries.join(send.id, 'a:1', 3_000, LATER)).toEqual({ workers: 2, place: 0 });
    const later = 2_000 + PRESENT_MS;
    expect(await ledger.deliveries.join(send.id, 'a:1', later, LATER)).toMatchObject({ workers: 1 });
    expect(await ledger.deliveries.present(send.id)).toEqual([
      { worker: 'a:1', seenAt: later },
      { worker: 'a:2', seenAt: 2_000 },
    ]);
    await ledger.deliveries.leave(send.id, 'a:1', later);
    expect(await ledger.deliveries.present(send.id)).toEqual([]);
  });

  it('counts those at another live send, who use the same account, and none at a rehearsal', async () => {
    const { ledger, send } = await frozen(1);
    const other = await ledger.deliveries.freeze({ ...HEADER, issue: 4 }, recipients(1), result(1));
    const header = { ...HEADER, channel: 'rehearsal' } as const;
    const rehearsal = await ledger.deliveries.freeze(header, recipients(1), result(1));
    await ledger.deliveries.join(rehearsal.send.id, 'a:1', 1_000, LATER);
    expect(await ledger.deliveries.join(send.id, 'a:2', 1_000, LATER)).toEqual({ workers: 1, place: 0 });
    expect(await ledger.deliveries.join(other.send.id, 'a:3', 1_000, LATER)).toEqual({
      workers: 2,
      place: 1,
    });
  });

  it('remembers the latest approval of each issue, until it is taken back', async () => {
    const { ledger, open } = await frozen(1);
    expect(await ledger.approvals.get(3)).toBeUndefined();
    const first = { issue: 3, content: 'c1', audience: 'a1', by: 'Zoë "Z"', at: 1_800_000_000_000 };
    await ledger.approvals.approve(first);
    await ledger.approvals.approve({ ...first, issue: 4, by: 'somebody' });
    const other = await open();
    expect(await other.approvals.get(3)).toEqual(first);
    await other.approvals.approve({ ...first, content: 'c2', audience: 'a2', by: 'Jane', at: 5 });
    await other.close();
    expect(await ledger.approvals.get(3)).toEqual({
      issue: 3,
      content: 'c2',
      audience: 'a2',
      by: 'Jane',
      at: 5,
    });
    expect([await ledger.approvals.revoke(3), await ledger.approvals.revoke(3)]).toEqual([true, false]);
    expect(await ledger.approvals.get(3)).toBeUndefined();
    expect(await ledger.approvals.get(4)).toMatchObject({ by: 'somebody' });
  });

  it('gives a lock to one of many who ask at once', async () => {
    const { open } = await frozen(1);
    const ledgers = await Promise.all(Array.from({ length: 5 }, open));
    const holds = await Promise.all(
      ledgers.map((one, at) => one.locks.acquire('due', `host:${at}`, 1_000, 5_000)),
    );
    await Promise.all(ledgers.map((one) => one.close()));
    expect(new Set(holds.map(({ holder }) => holder)).size).toBe(1);
  });

  it('keeps a lock for who has it until it is given back or its lease has run out', async () => {
    const { ledger, open } = await frozen(1);
    const other = await open();
    const big = 1_800_000_000_000;
    expect(await ledger.locks.acquire('due', 'a:1', big, big + 50)).toEqual({
      holder: 'a:1',
      leaseUntil: big + 50,
    });
    expect(await other.locks.acquire('due', 'b:1', big + 49, big + 99)).toEqual({
      ...{ holder: 'a:1', leaseUntil: big + 50 },
    });
    expect(await ledger.locks.acquire('due', 'a:1', big + 49, big + 80)).toMatchObject({
      leaseUntil: big + 80,
    });
    expect(await other.locks.acquire('due', 'b:1', big + 79, big + 99)).toMatchObject({ holder: 'a:1' });
    expect(await other.locks.acquire('due', 'b:1', big + 80, big + 99)).toMatchObject({ holder: 'b:1' });
    await ledger.locks.release('due', 'a:1');
    expect(await ledger.locks.acquire('due', 'a:1', big + 81, big + 99)).toMatchObject({ holder: 'b:1' });
    await ledger.locks.release('due', 'b:1');
    expect(await ledger.locks.acquire('due', 'a:1', big + 81, big + 99)).toMatchObject({ holder: 'a:1' });
    expect(await other.locks.acquire('another', 'b:1', big + 81, big + 99)).toMatchObject({ holder: 'b:1' });
    await other.close();
  });
});
