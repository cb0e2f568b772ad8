import { describe, expect, it } from 'vitest';
import { claimFor, frozenLedger, kinds } from './ledgers.js';

const why = { code: 'ledger-lost', reason: 'the ledger was lost' };

describe.each(Object.keys(kinds))('what a lost ledger may have handed over (%s)', (kind) => {
  it('is decided by the number of claims', async () => {
    const { ledger, send } = await frozenLedger(kind, 3);
    expect(await ledger.deliveries.attempt(send.id, 0)).toBe(0);
    await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 1));
    expect(await ledger.deliveries.attempt(send.id, 0)).toBe(1);
    expect(await ledger.deliveries.attempt(send.id, 3)).toBeUndefined();
  });

  it('counts deliveries that do not wait for their first attempt', async () => {
    const { ledger, send } = await frozenLedger(kind, 5);
    const claims = await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 3));
    const back = { state: 'queued', tries: 1, notBefore: 9_000, code: 'busy', reason: 'later' } as const;
    const accepted = { state: 'accepted', messageId: 'm' } as const;
    const settlements = claims.slice(0, 2).map(({ sequence, attempt }, index) => {
      return { sequence, attempt, ...(index === 0 ? back : accepted) };
    });
    await ledger.deliveries.exchange(send.id, 2_000, settlements, claimFor('a:1', 0));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 3, claimed: 1, accepted: 1 });
    expect(await ledger.deliveries.handedOver(send.id)).toBe(3);
  });

  it('marks deliveries in flight as unknown, unless the ledger has newer results', async () => {
    const { ledger, send } = await frozenLedger(kind, 4);
    const [first] = await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 2));
    const settled = { sequence: 0, attempt: first?.attempt ?? 0, state: 'accepted', messageId: 'm' } as const;
    await ledger.deliveries.exchange(send.id, 2_000, [settled], claimFor('a:1', 0));
    const lost = [0, 1, 2].map((sequence) => ({ sequence, attempt: 1, ...why }));
    expect(await ledger.deliveries.doubt(send.id, lost, 3_000)).toBe(2);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 1, accepted: 1, unknown: 2 });
    expect(await ledger.deliveries.attempt(send.id, 2)).toBe(1);
    expect(await ledger.deliveries.doubt(send.id, lost, 3_000)).toBe(0);
    for await (const { code, reason } of ledger.deliveries.failures(send.id))
      expect({ code, reason }).toEqual(why);
  });

  it('leaves a delivery alone of which a newer attempt has begun', async () => {
    const { ledger, send } = await frozenLedger(kind, 1);
    const back = { state: 'queued', tries: 1, notBefore: 0, code: 'busy', reason: 'later' } as const;
    await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 1));
    await ledger.deliveries.exchange(
      send.id,
      1_500,
      [{ sequence: 0, attempt: 1, ...back }],
      claimFor('a:1', 0),
    );
    await ledger.deliveries.exchange(send.id, 1_600, [], claimFor('a:1', 1));
    expect(await ledger.deliveries.doubt(send.id, [{ sequence: 0, attempt: 1, ...why }], 2_000)).toBe(0);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ claimed: 1 });
  });

  it('makes the beginning of a send unknown, and the rejected in it only when they may have been retried', async () => {
    const { ledger, send } = await frozenLedger(kind, 6);
    await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 3));
    const outcomes = [
      { sequence: 0, attempt: 1, state: 'accepted', messageId: 'm' },
      { sequence: 1, attempt: 1, state: 'rejected', code: 'no', reason: 'no' },
    ] as const;
    await ledger.deliveries.exchange(send.id, 2_000, outcomes, claimFor('a:1', 0));
    const range = { before: 4, ...why };
    expect(await ledger.deliveries.doubtBefore(send.id, { ...range, rejected: false }, 3_000)).toBe(2);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({
      queued: 2,
      accepted: 1,
      rejected: 1,
      unknown: 2,
    });
    expect(await ledger.deliveries.doubtBefore(send.id, { ...range, rejected: true }, 3_000)).toBe(1);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 2, accepted: 1, unknown: 3 });
    expect(await ledger.deliveries.attempt(send.id, 3)).toBe(1);
    // A late no about the attempt that this ledger knows leaves the lost one in doubt.
    const late = { sequence: 2, attempt: 1, state: 'rejected', code: 'no', reason: 'no' } as const;
    await ledger.deliveries.exchange(send.id, 4_000, [late], claimFor('a:1', 0));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ unknown: 3 });
  });
});
