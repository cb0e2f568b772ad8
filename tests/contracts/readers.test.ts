import { describe, expect, it, onTestFinished } from 'vitest';
import type { Claim } from '../../src/ledger/delivery.js';
import type { Reader, Suppression } from '../../src/ledger/reader-store.js';
import { claimFor, frozenLedger, kinds } from './ledgers.js';

const ADA: Reader = {
  key: 'ada@example.com',
  address: 'Ada@example.com',
  state: 'pending',
  fields: { first_name: 'Ada', tags: 'aws;é "' },
  source: 'form',
  since: 5,
  confirmedAt: null,
};

const HASH = 'hash:0123';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe.each(Object.keys(kinds))('what readers say, in the %s ledger', (kind) => {
  const frozen = (count: number) => frozenLedger(kind, count);

  it('is kept, and replaced by what they say later', async () => {
    const { ledger, open } = await frozen(1);
    expect(await ledger.readers.get(ADA.key)).toBeUndefined();
    await ledger.readers.save(ADA);
    const confirmed: Reader = { ...ADA, state: 'subscribed', fields: {}, source: 'f2', confirmedAt: 9 };
    const other = await open();
    expect(await other.readers.get(ADA.key)).toEqual(ADA);
    await other.readers.save(confirmed);
    await other.close();
    expect(await ledger.readers.get(ADA.key)).toEqual(confirmed);
  });

  it('is found for many keys at once', async () => {
    const { ledger } = await frozen(1);
    expect(await ledger.readers.getAll([ADA.key])).toEqual(new Map());
    const bob: Reader = { ...ADA, key: 'bob@example.com', fields: {}, confirmedAt: 7 };
    for (const reader of [ADA, bob]) await ledger.readers.save(reader);
    const keys = ['nobody@example.com', bob.key, ADA.key, ''];
    expect(new Map([...(await ledger.readers.getAll(keys))].sort())).toEqual(
      new Map([
        [ADA.key, ADA],
        [bob.key, bob],
      ]),
    );
    expect(await ledger.readers.getAll([])).toEqual(new Map());
  });

  it('is read in the order of the keys, by state', async () => {
    const { ledger } = await frozen(1);
    const states = ['subscribed', 'unsubscribed', 'pending'] as const;
    const keys = Array.from({ length: 1_203 }, (_, at) => `r${String(at).padStart(5, '0')}@example.com`);
    for (const [at, key] of keys.toReversed().entries()) {
      await ledger.readers.save({ ...ADA, key, state: states[at % 3] ?? 'pending' });
    }
    expect((await all(ledger.readers.list())).map(({ key }) => key)).toEqual(keys);
    const subscribed = await all(ledger.readers.list('subscribed'));
    expect(subscribed).toHaveLength(401);
    expect(new Set(subscribed.map(({ state }) => state))).toEqual(new Set(['subscribed']));
  });

  it('keeps the first reason of a suppression, unless a worse one comes', async () => {
    const { ledger } = await frozen(1);
    await ledger.readers.suppress('a@x', 'unsubscribed', 'first', 1);
    await ledger.readers.suppress('a@x', 'unsubscribed', 'second', 2);
    await ledger.readers.suppress('b@x', 'unsubscribed', 'first', 1);
    await ledger.readers.suppress('b@x', 'complained', 'second', 2);
    await ledger.readers.suppress('b@x', 'unsubscribed', 'third', 3);
    await ledger.readers.suppress('b@x', 'bounced', 'fourth', 4);
    expect(await all(ledger.readers.suppressions())).toEqual([
      { key: 'a@x', reason: 'unsubscribed', source: 'first', since: 1 },
      { key: 'b@x', reason: 'complained', source: 'second', since: 2 },
    ]);
    expect(await ledger.readers.suppressed(['b@x', 'c@x'])).toEqual(new Map([['b@x', 'complained']]));
  });

  it('takes many suppressions at once, and says how many are news', async () => {
    const { ledger } = await frozen(1);
    const of = (at: number, reason: Suppression['reason']): Suppression => ({
      ...{ key: `r${String(at).padStart(5, '0')}@x`, reason, source: 'import', since: 1 },
    });
    const many = Array.from({ length: 1_100 }, (_, at) => of(at, 'unsubscribed'));
    expect(await ledger.readers.suppressAll([])).toBe(0);
    expect(await ledger.readers.suppressAll(many)).toBe(1_100);
    expect(
      await ledger.readers.suppressAll([of(3, 'unsubscribed'), of(4, 'bounced'), of(2_000, 'bounced')]),
    ).toBe(2);
    expect((await all(ledger.readers.suppressions())).map(({ key }) => key)).toEqual([
      ...many.map(({ key }) => key),
      'r02000@x',
    ]);
  });

  it('ends a suppression for who asks for mail again, and one that others have caused for nobody but the operator', async () => {
    const { ledger } = await frozen(1);
    await ledger.readers.suppress('a@x', 'unsubscribed', 'test', 10);
    await ledger.readers.suppress('b@x', 'bounced', 'test', 10);
    expect(await ledger.readers.unsuppress('a@x', 9)).toBe(false);
    expect(await ledger.readers.unsuppress('a@x', 10)).toBe(true);
    expect(await ledger.readers.unsuppress('a@x', 11)).toBe(false);
    expect(await ledger.readers.unsuppress('b@x', 11)).toBe(false);
    expect(await ledger.readers.unsuppress('b@x', 11, ['unsubscribed', 'bounced', 'complained'])).toBe(true);
    expect(await all(ledger.readers.suppressions())).toEqual([]);
  });

  it('lists those who are forgotten apart from the others', async () => {
    const { ledger } = await frozen(1);
    for (const key of ['a@x', 'hash:02', 'hash:01', 'hasha@x', 'z@x']) {
      await ledger.readers.suppress(key, 'unsubscribed', 'test', 1);
    }
    expect((await all(ledger.readers.suppressions('hash:'))).map(({ key }) => key)).toEqual([
      'hash:01',
      'hash:02',
    ]);
  });

  it('forgets a person, and mails them nothing more', async () => {
    const { ledger, send } = await frozen(4);
    const [first, second] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 2))) as [
      Claim,
      Claim,
    ];
    const reason = 'no r1@example.com here';
    const no = { sequence: second.sequence, attempt: 1, state: 'rejected', code: '550', reason } as const;
    const yes = { sequence: first.sequence, attempt: 1, state: 'accepted', messageId: 'm' } as const;
    await ledger.deliveries.exchange(send.id, 2, [yes, no], claimFor('a:1', 0));
    await ledger.readers.save({ ...ADA, key: second.key });
    await ledger.readers.suppress(second.key, 'complained', 'test', 3);
    expect(await ledger.readers.forget(second.key, HASH, 4)).toEqual({ deliveries: 1 });
    expect(await ledger.readers.forget('r2@example.com', 'hash:02', 4)).toEqual({ deliveries: 1 });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 1, rejected: 1, queued: 2 });
    expect(await all(ledger.deliveries.failures(send.id))).toEqual([]);
    expect(await ledger.readers.get(second.key)).toBeUndefined();
    expect(await ledger.readers.suppressed([second.key, HASH])).toEqual(new Map([[HASH, 'complained']]));
    expect(await ledger.deliveries.retriable(send.id)).toEqual({ rejected: 0, unknown: 0 });
    const claims = await ledger.deliveries.exchange(send.id, 5, [], claimFor('a:1', 9));
    expect(claims.map(({ key }) => key)).toEqual(['r3@example.com']);
    expect(await ledger.deliveries.find(3, 'live')).toMatchObject({
      audience: { withdrawn: { unsubscribed: 1 } },
    });
    expect(await ledger.readers.forget('nobody@example.com', 'hash:03', 6)).toEqual({ deliveries: 0 });
  });

  it('does not forget a reader whose message is in flight', async () => {
    const { ledger, send } = await frozen(1);
    const [claim] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1))) as [Claim];
    await ledger.readers.save({ ...ADA, key: claim.key });
    await expect(ledger.readers.forget(claim.key, HASH, 2)).rejects.toThrow(/in flight/);
    expect(await ledger.readers.suppressed([HASH])).toEqual(new Map());
    expect(await ledger.readers.get(claim.key)).toBeDefined();
    await ledger.deliveries.abandon(send.id, ['a:1'], 3);
    expect(await ledger.readers.forget(claim.key, HASH, 4)).toEqual({ deliveries: 1 });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ unknown: 1 });
  });
});

describe.each(Object.keys(kinds))('a count in %s', (kind) => {
  const HASH = 'of-a-network';

  it('grows until its time is over, whichever process counts', async () => {
    const open = (kinds[kind] as (typeof kinds)[string])().open;
    const [ledger, other] = [await open(), await open()];
    onTestFinished(async () => void (await Promise.all([ledger.close(), other.close()])));
    expect(await ledger.readers.takeQuota(HASH, 1_000, 5_000)).toEqual({ count: 1, resetsAt: 5_000 });
    expect(await other.readers.takeQuota(HASH, 2_000, 6_000)).toEqual({ count: 2, resetsAt: 5_000 });
    expect(await other.readers.takeQuota('of-another', 2_000, 6_000)).toEqual({ count: 1, resetsAt: 6_000 });
    expect(await ledger.readers.takeQuota(HASH, 5_000, 9_000)).toEqual({ count: 1, resetsAt: 9_000 });
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? ledger : other).readers.takeQuota(HASH, 6_000, 10_000),
      ),
    );
    expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
  });
});
