import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../../src/audience/duplicates.js';
import { selectRecipients } from '../../src/audience/select.js';
import { NO_LINE, STATUSES, type Status, type Subscriber } from '../../src/audience/subscriber.js';
import { batches, collect } from './lists.js';

const row = (line: number, address: string, status: Status = 'subscribed'): Subscriber => ({
  ...{ line, address, key: address.toLowerCase(), status, tags: [], fields: { email: address } },
});

/** The recipients at the second reading of the list, with other readers in the ledger than at the first. */
async function mailed(list: readonly Subscriber[], before: readonly string[], after: readonly string[]) {
  const readers = (keys: readonly string[]) => [...new Set(keys)].sort().map((key) => row(NO_LINE, key));
  const repeats = await findDuplicates(batches([...list, ...readers(before)], 2));
  const rows = batches([...list, ...readers(after)], 2);
  const options = { repeats, suppressed: async () => new Map(), ledger: true };
  const decided = await collect(selectRecipients(rows, options));
  return decided.flatMap((one) => ('reason' in one ? [] : [one]));
}

describe('readers of the ledger', () => {
  it('come after the list, and have no row of their own if they are on it', async () => {
    const list = [row(2, 'a@x'), row(3, 'b@x', 'unsubscribed'), row(4, 'c@x', 'pending')];
    const keys = ['a@x', 'b@x', 'c@x', 'd@x'];
    const found = await mailed(list, keys, keys);
    expect(found.map(({ line, key }) => [line, key])).toEqual([
      [2, 'a@x'],
      [NO_LINE, 'c@x'],
      [NO_LINE, 'd@x'],
    ]);
  });

  it('get no duplicate because of a false positive', async () => {
    const list = Array.from({ length: 30_000 }, (_, at) => row(at + 2, `l${at}@x`));
    const keys = Array.from({ length: 30_000 }, (_, at) => `r${at}@x`);
    expect(await mailed(list, keys, keys)).toHaveLength(60_000);
  });

  it('may change between two readings, and get no duplicate or unwanted email', async () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const some = fc.tuple(names, fc.constantFrom(...STATUSES));
    const readers = fc.array(names, { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(some, { maxLength: 6 }), readers, readers, async (drawn, before, after) => {
        const list = drawn.map(([name, status], at) => row(at + 2, `${name}@x`, status));
        const of = (drawnNames: readonly string[]) => drawnNames.map((name) => `${name}@x`);
        const keys = (await mailed(list, of(before), of(after))).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        for (const key of keys) {
          const statuses = list.filter((one) => one.key === key).map(({ status }) => status);
          expect(statuses.filter((one) => one !== 'subscribed' && one !== 'pending')).toEqual([]);
        }
        const stayed = of(after).filter((key) => of(before).includes(key));
        const unlisted = stayed.filter((key) => !list.some((one) => one.key === key));
        expect(keys).toEqual(expect.arrayContaining(unlisted));
      }),
    );
  });
});
