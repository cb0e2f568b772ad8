import { describe, expect, it } from 'vitest';
import { contradictions, type Witness } from '../../src/delivery/witness.js';
import type { Settlement } from '../../src/ledger/delivery.js';
import { frozenIssue } from '../support/frozen-ledger.js';

/** Two of nine readers have been claimed, and one of them was put off. */
async function begun() {
  const { ledger, send } = await frozenIssue(9);
  await ledger.deliveries.exchange(send.id, 1, [], { worker: 'a:1', limit: 2, leaseUntil: 5_000 });
  const later: Settlement = {
    ...{ sequence: 0, attempt: 1, state: 'queued', tries: 1, notBefore: 0, code: '451', reason: 'later' },
  };
  await ledger.deliveries.exchange(send.id, 2, [later], { worker: 'a:1', limit: 0, leaseUntil: 0 });
  const { issue, id, createdAt, audienceDigest, retries } = send;
  const witness: Witness = {
    ...{ issue, send: id, createdAt, audienceDigest, retries, reached: 2, handedOver: 2, last: [1, 1] },
    ...{ ledger: 'sqlite:ledger.db', worker: 'a:1', at: 1, accepted: false },
  };
  const kinds = async (more: Partial<Witness>) =>
    (await contradictions(ledger.deliveries, [{ ...witness, ...more }])).map(({ kind }) => kind);
  return { ledger, send, kinds };
}

describe('a ledger', () => {
  it('that has at least as much as its witness may be used', async () => {
    const { kinds } = await begun();
    expect(await kinds({})).toEqual([]);
    expect(await kinds({ reached: 1, handedOver: 1, last: [0, 1] })).toEqual([]);
    expect(await kinds({ last: null })).toEqual([]);
  });

  it('that does not know the issue is missing it', async () => {
    expect(await (await begun()).kinds({ issue: 4 })).toEqual(['missing']);
  });

  it.each([{ send: 99 }, { createdAt: 999 }, { audienceDigest: 'b' }])(
    'that has another send of the issue is another ledger: %o',
    async (more) => {
      expect(await (await begun()).kinds(more)).toEqual(['other']);
    },
  );

  it.each([
    ['a later attempt', { last: [1, 2] as const }],
    ['more that were handed over', { handedOver: 3 }],
    ['a later retry', { retries: 1 }],
  ])('is behind where its witness knows of %s', async (_, more) => {
    expect(await (await begun()).kinds(more)).toEqual(['behind']);
  });

  it('is not behind because a deferred reader unsubscribed', async () => {
    const { ledger, send, kinds } = await begun();
    await ledger.readers.suppress('r0@example.com', 'unsubscribed', 'test', 3);
    expect(await ledger.deliveries.withdraw(send)).toBe(1);
    expect(await kinds({})).toEqual([]);
  });
});
