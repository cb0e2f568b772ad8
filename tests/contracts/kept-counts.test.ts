import { describe, expect, it, onTestFinished } from 'vitest';
import type { Settlement } from '../../src/ledger/delivery.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { claimFor, HEADER, kinds, recipients, result } from './ledgers.js';

const NO = { code: '550', reason: 'no' };

/** A finished send: r0 and r1 accepted, r2 rejected, r3 unknown. */
async function finished(kind: string) {
  const { ledger, erase } = await openRaw(kind);
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(4), result(4));
  await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 4));
  const settle = (settlements: readonly Settlement[], limit = 0) =>
    ledger.deliveries.exchange(send.id, 2_000, settlements, claimFor('a:1', limit));
  await settle(
    [
      { sequence: 0, attempt: 1, state: 'accepted', messageId: 'm' },
      { sequence: 1, attempt: 1, state: 'accepted', messageId: 'm' },
      { sequence: 2, attempt: 1, state: 'rejected', ...NO },
      { sequence: 3, attempt: 1, state: 'unknown', ...NO },
    ],
    10,
  );
  return { ledger, send, settle, erase, claim: () => settle([], 10) };
}

/** A new ledger, and a way to remove its deliveries behind its back, so that only kept counts are left. */
async function openRaw(kind: string) {
  const make = kinds[kind] as (typeof kinds)[string];
  const { open, run } = make();
  const ledger = await open();
  onTestFinished(() => ledger.close());
  return { ledger, erase: () => run('delete from delivery') };
}

/** What the deliveries themselves say. */
async function counted({ deliveries }: Ledger, send: number) {
  const found = { accepted: await deliveries.acceptedSince(send, 0), rejected: 0, unknown: 0, doubt: 0 };
  for await (const { state, rejectedInDoubt } of deliveries.failures(send)) {
    found[state] += 1;
    if (rejectedInDoubt) found.doubt += 1;
  }
  return found;
}

async function said({ deliveries }: Ledger, send: number) {
  const { accepted, rejected, unknown } = await deliveries.counts(send);
  return { accepted, rejected, unknown, doubt: await deliveries.rejectedInDoubt(send) };
}

describe.each(Object.keys(kinds))('the counts of a finished send in %s', (kind) => {
  it('are kept with the send', async () => {
    const { ledger, send, erase } = await finished(kind);
    await erase();
    expect(await said(ledger, send.id)).toEqual({ accepted: 2, rejected: 1, unknown: 1, doubt: 0 });
  });

  it('are not kept while deliveries are open', async () => {
    const { ledger, erase } = await openRaw(kind);
    const { send } = await ledger.deliveries.freeze(HEADER, recipients(2), result(2));
    await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 1));
    const yes = { sequence: 0, attempt: 1, state: 'accepted', messageId: 'm' } as const;
    await ledger.deliveries.exchange(send.id, 1_000, [yes], claimFor('a:1', 0));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 1, accepted: 1 });
    await erase();
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 0, accepted: 0 });
  });

  it('follow a late yes', async () => {
    const { ledger, send, settle, claim, erase } = await finished(kind);
    await settle([{ sequence: 3, attempt: 1, state: 'accepted', messageId: 'm' }]);
    const now = { accepted: 3, rejected: 1, unknown: 0, doubt: 0 };
    expect([await said(ledger, send.id), await counted(ledger, send.id)]).toEqual([now, now]);
    await claim();
    await erase();
    expect(await said(ledger, send.id)).toEqual(now);
  });

  it('follow a late no, which ends the doubt', async () => {
    const { ledger, send, settle } = await finished(kind);
    await settle([{ sequence: 3, attempt: 1, state: 'rejected', ...NO }]);
    const now = { accepted: 2, rejected: 2, unknown: 0, doubt: 0 };
    expect([await said(ledger, send.id), await counted(ledger, send.id)]).toEqual([now, now]);
  });

  it('are counted again while a retry runs, and kept when it ends', async () => {
    const { ledger, send, settle, claim, erase } = await finished(kind);
    expect(await ledger.deliveries.requeue(send, { rejected: 1, unknown: 1 }, 3_000)).toBe(true);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 2, rejected: 0, unknown: 0 });
    await claim();
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ claimed: 2, accepted: 2 });
    const again = { attempt: 2, state: 'rejected', ...NO } as const;
    await settle([
      { sequence: 2, ...again },
      { sequence: 3, ...again },
    ]);
    const now = { accepted: 2, rejected: 1, unknown: 1, doubt: 1 };
    expect([await said(ledger, send.id), await counted(ledger, send.id)]).toEqual([now, now]);
    await claim();
    await erase();
    expect(await said(ledger, send.id)).toEqual(now);
  });

  it('follow a person who puts ended deliveries in doubt', async () => {
    const { ledger, send, erase } = await finished(kind);
    const range = { before: 4, rejected: true, code: 'lost', reason: 'lost' };
    expect(await ledger.deliveries.doubtBefore(send.id, range, 3_000)).toBe(1);
    const now = { accepted: 2, rejected: 0, unknown: 2, doubt: 0 };
    expect([await said(ledger, send.id), await counted(ledger, send.id)]).toEqual([now, now]);
    await erase();
    expect(await said(ledger, send.id)).toEqual(now);
  });

  it.each(['abandon', 'doubt', 'withdraw'] as const)(
    'are kept when %s ends the last delivery',
    async (how) => {
      const { ledger, erase } = await openRaw(kind);
      const { deliveries } = ledger;
      const { send } = await deliveries.freeze(HEADER, recipients(1), result(1));
      if (how === 'abandon') {
        await deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 1));
        await deliveries.abandon(send.id, ['a:1'], 2_000);
      }
      if (how === 'doubt') await deliveries.doubt(send.id, [{ sequence: 0, attempt: 1, ...NO }], 2_000);
      if (how === 'withdraw') {
        await ledger.readers.suppress('r0@example.com', 'unsubscribed', 'one-click', 2_000);
        await deliveries.withdraw(send);
      }
      const now = { accepted: 0, rejected: 0, unknown: how === 'withdraw' ? 0 : 1, doubt: 0 };
      expect([await said(ledger, send.id), await counted(ledger, send.id)]).toEqual([now, now]);
      await erase();
      expect(await said(ledger, send.id)).toEqual(now);
    },
  );

  it('stay when a reader is forgotten', async () => {
    const { ledger, send } = await finished(kind);
    const before = await said(ledger, send.id);
    await ledger.readers.forget('r2@example.com', 'hash:r2', 3_000);
    expect(await said(ledger, send.id)).toEqual(before);
  });
});
