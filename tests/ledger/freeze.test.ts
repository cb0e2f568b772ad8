import { expect, it } from 'vitest';
import type { FrozenRecipient } from '../../src/ledger/delivery.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { claimFor, HEADER, recipients, result } from '../contracts/ledgers.js';
import { makeNewsletter } from '../support/newsletter.js';

const KEY = 'r1@example.com';

/** Yields the recipients, and calls back in the middle of them. */
async function* interrupted(
  count: number,
  callback: () => Promise<unknown>,
): AsyncGenerator<FrozenRecipient[]> {
  let index = 0;
  for await (const batch of recipients(count)) {
    if (index === Math.floor(count / 2)) await callback();
    index += 1;
    yield batch;
  }
}

async function open() {
  const file = makeNewsletter().path('.obn', 'ledger.db');
  const ledger = await openSqlite(file);
  return { ledger, other: await openSqlite(file, 0) };
}

it('lets another process write while the list is read, and shows it nothing before it is complete', async () => {
  const { ledger, other } = await open();
  let seen: unknown = 'nothing yet';
  const { created, send } = await ledger.deliveries.freeze(
    HEADER,
    interrupted(10, async () => {
      await other.readers.suppress(KEY, 'unsubscribed', 'one-click', 2);
      seen = await other.deliveries.find(3, 'live');
    }),
    result(10),
  );
  expect([created, seen]).toEqual([true, undefined]);
  const claims = await other.deliveries.exchange(send.id, 3, [], claimFor('a:1', 10));
  expect(claims.map(({ key }) => key)).toEqual(
    Array.from({ length: 10 }, (_, index) => `r${index}@example.com`).filter((key) => key !== KEY),
  );
});

it('freezes an issue once when two processes read the list at the same time', async () => {
  const { ledger, other } = await open();
  const second = await ledger.deliveries.freeze(
    HEADER,
    interrupted(10, () => other.deliveries.freeze(HEADER, recipients(4), result(4))),
    result(10),
  );
  expect(second).toMatchObject({ created: false, send: { audience: { eligible: 4 } } });
  expect(await ledger.deliveries.counts(second.send.id)).toMatchObject({ queued: 4 });
});

it('does not mail a reader who is erased while the list is read', async () => {
  const { ledger, other } = await open();
  const forget = () => other.readers.forget(KEY, 'hash:1', 2);
  await expect(ledger.deliveries.freeze(HEADER, interrupted(10, forget), result(10))).rejects.toThrow(
    /was erased/,
  );
  expect(await ledger.deliveries.find(3, 'live')).toBeUndefined();
  expect((await ledger.deliveries.freeze(HEADER, recipients(1), result(1))).created).toBe(true);
});

it('freezes a list that takes several batches in its order', async () => {
  const { ledger } = await open();
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(12_001), result(12_001));
  const claims = await ledger.deliveries.exchange(send.id, 2, [], claimFor('a:1', 12_001));
  expect(claims.map(({ key }) => key)).toEqual(
    Array.from({ length: 12_001 }, (_, index) => `r${index}@example.com`),
  );
});
