import { describe, expect, it, onTestFinished } from 'vitest';
import type { Claim, Settlement } from '../../src/ledger/delivery.js';
import { claimFor, frozenLedger, HEADER, kinds, recipients, result } from './ledgers.js';

const WHY = { code: 'x', reason: 'y' };

describe.each(Object.keys(kinds))('a guard in the %s ledger', (kind) => {
  const begin = async (count: number) => {
    const { ledger, send } = await frozenLedger(kind, count);
    const settle = (...settlements: Settlement[]) =>
      ledger.deliveries.exchange(send.id, 2, settlements, claimFor('a:1', 0));
    const claim = (limit: number): Promise<Claim[]> =>
      ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', limit));
    return { ledger, send, settle, claim };
  };

  it('does not send a delivery that has ended again automatically', async () => {
    const { ledger, send, settle, claim } = await begin(3);
    await claim(3);
    await settle(
      { sequence: 0, attempt: 1, state: 'unknown', ...WHY },
      { sequence: 1, attempt: 1, state: 'rejected', ...WHY },
      { sequence: 2, attempt: 1, state: 'accepted', messageId: 'm' },
    );
    await ledger.deliveries.refresh(send.id, 3);
    await ledger.deliveries.abandon(send.id, ['a:1'], 4);
    expect(await claim(9)).toEqual([]);
    expect(await ledger.deliveries.nextDue(send.id)).toBeUndefined();
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ unknown: 1, rejected: 1, accepted: 1 });
  });

  it('does not send the claim of a dead worker again automatically', async () => {
    const { ledger, send, claim } = await begin(2);
    await claim(2);
    await ledger.deliveries.abandon(send.id, ['a:1'], 4);
    expect(await claim(9)).toEqual([]);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ unknown: 2 });
  });

  it('ignores a second answer to a deferred attempt after a newer one has begun', async () => {
    const { ledger, send, settle, claim } = await begin(1);
    await claim(1);
    await settle({ sequence: 0, attempt: 1, state: 'queued', tries: 1, notBefore: 0, ...WHY });
    expect(await claim(1)).toMatchObject([{ attempt: 2 }]);
    await settle({ sequence: 0, attempt: 1, state: 'unknown', ...WHY });
    await settle({ sequence: 0, attempt: 2, state: 'rejected', ...WHY });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ rejected: 1, unknown: 0 });
  });

  it('keeps an acceptance after a newer attempt has begun', async () => {
    const { ledger, send, settle, claim } = await begin(1);
    await claim(1);
    await settle({ sequence: 0, attempt: 1, state: 'queued', tries: 1, notBefore: 0, ...WHY });
    expect(await claim(1)).toMatchObject([{ attempt: 2 }]);
    await settle({ sequence: 0, attempt: 1, state: 'accepted', messageId: 'm' });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 1, claimed: 0 });
    await settle({ sequence: 0, attempt: 2, state: 'unknown', ...WHY });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 1, unknown: 0 });
  });

  it('does not freeze a finished issue again', async () => {
    const { ledger, send, settle, claim } = await begin(1);
    await claim(1);
    await settle({ sequence: 0, attempt: 1, state: 'accepted', messageId: 'm' });
    const again = await ledger.deliveries.freeze({ ...HEADER, now: 9_000_000 }, recipients(4), result(4));
    expect(again).toMatchObject({ created: false, send: { id: send.id } });
    expect(await claim(9)).toEqual([]);
  });

  it('does not count a rehearsal as sent', async () => {
    const { open } = (kinds[kind] as NonNullable<(typeof kinds)[string]>)();
    const ledger = await open();
    onTestFinished(() => ledger.close());
    const header = { ...HEADER, channel: 'rehearsal' } as const;
    await ledger.deliveries.freeze(header, recipients(1), result(1));
    expect(await ledger.deliveries.hasHistory()).toBe(false);
    expect(await ledger.deliveries.lastIssue()).toBe(0);
    expect(await ledger.deliveries.find(HEADER.issue, 'live')).toBeUndefined();
    expect(await ledger.deliveries.overview('live')).toEqual([]);
  });
});
