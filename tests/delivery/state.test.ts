import { describe, expect, it } from 'vitest';
import { progressOf } from '../../src/delivery/state.js';
import type { Settlement } from '../../src/ledger/delivery.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Channel } from '../../src/ledger/send.js';
import { emptyLedger, freezeIssue } from '../support/frozen-ledger.js';

/** Freezes issue 3 for one reader and settles it. */
async function sendAll(ledger: Ledger, channel: Channel, state: 'accepted' | 'unknown' = 'accepted') {
  const send = await freezeIssue(ledger, 1, { channel });
  await ledger.deliveries.exchange(send.id, 1, [], { worker: 'a:1', limit: 1, leaseUntil: 5_000 });
  const facts = { sequence: 0, attempt: 1 };
  const settlement: Settlement =
    state === 'accepted' ? { ...facts, state, messageId: 'm' } : { ...facts, state, code: 'x', reason: 'y' };
  await ledger.deliveries.exchange(send.id, 2, [settlement], { worker: 'a:1', limit: 0, leaseUntil: 0 });
}

describe('the state of an issue', () => {
  it('is rehearsed, not sent, if only the outbox has it', async () => {
    const { ledger } = await emptyLedger();
    await sendAll(ledger, 'rehearsal');
    expect(await progressOf(ledger.deliveries, 3, 9)).toMatchObject({
      state: 'rehearsed',
      send: { channel: 'rehearsal' },
    });
  });

  it.each([
    ['accepted', 'sent'],
    ['unknown', 'partial'],
  ] as const)(
    'is that of the live send where there is a rehearsal, too: %s is %s',
    async (outcome, state) => {
      const { ledger } = await emptyLedger();
      await sendAll(ledger, 'live', outcome);
      await sendAll(ledger, 'rehearsal');
      expect(await progressOf(ledger.deliveries, 3, 9)).toMatchObject({ state, send: { channel: 'live' } });
    },
  );

  it('is paused while deliveries are queued and no process sends', async () => {
    const { ledger } = await emptyLedger();
    await freezeIssue(ledger, 1);
    expect(await progressOf(ledger.deliveries, 3, 9)).toMatchObject({ state: 'paused' });
    expect(await progressOf(ledger.deliveries, 4, 9)).toBeUndefined();
  });
});
