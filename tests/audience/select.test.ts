import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicates, type OptOut } from '../../src/audience/duplicates.js';
import { type Exclusion, type SelectOptions, selectRecipients } from '../../src/audience/select.js';
import type { BadRow, Status, Subscriber } from '../../src/audience/subscriber.js';
import { STATUSES } from '../../src/audience/subscriber.js';
import { batches, collect } from './lists.js';

type Row = Subscriber | BadRow;

function reader(line: number, address: string, status: Status = 'subscribed'): Subscriber {
  return { line, address, key: address.toLowerCase(), status, tags: [], fields: { email: address } };
}

async function select(
  rows: readonly Row[],
  more: Partial<SelectOptions> = {},
): Promise<(Subscriber | Exclusion)[]> {
  const repeats = await findDuplicates(batches(rows));
  return collect(selectRecipients(batches(rows), { repeats, suppressed: async () => new Map(), ...more }));
}

const outcome = (rows: (Subscriber | Exclusion)[]) =>
  rows.map((row) => `${row.line} ${'reason' in row ? row.reason : 'mailed'}`);

describe('the selection of recipients', () => {
  it('decides for each row, in the order of the list, with the reason', async () => {
    const bad: BadRow = { line: 6, address: 'x', problem: 'invalid_address', detail: '"x" is no address' };
    const rows = [
      reader(2, 'a@x.example'),
      reader(3, 'b@x.example', 'pending'),
      reader(4, 'c@x.example', 'bounced'),
      reader(5, 'd@x.example', 'complained'),
      bad,
      reader(7, 'e@x.example', 'unsubscribed'),
    ];
    const selected = await select(rows);
    expect(outcome(selected)).toEqual([
      '2 mailed',
      '3 pending',
      '4 bounced',
      '5 complained',
      '6 invalid_address',
      '7 unsubscribed',
    ]);
    expect(selected[0]).toBe(rows[0]);
    expect(selected[4]).toEqual({
      line: 6,
      address: 'x',
      reason: 'invalid_address',
      detail: '"x" is no address',
    });
    expect(selected[5]).toMatchObject({ detail: 'e@x.example is unsubscribed' });
  });

  it('excludes an address that is already on an earlier row, in any case', async () => {
    const selected = await select([
      reader(2, 'ada@x.example'),
      reader(3, 'ADA@x.example'),
      reader(4, 'ada@x.example'),
    ]);
    expect(outcome(selected)).toEqual(['2 mailed', '3 duplicate', '4 duplicate']);
    expect(selected[1]).toMatchObject({ detail: 'ADA@x.example is already on an earlier row' });
  });

  it.each(['unsubscribed', 'bounced', 'complained'] as const)(
    'excludes an address that is %s on a later row',
    async (status) => {
      const selected = await select([
        reader(2, 'a@x.example'),
        reader(3, 'b@x.example'),
        reader(4, 'A@x.example', status),
      ]);
      expect(outcome(selected)).toEqual([`2 ${status}`, '3 mailed', '4 duplicate']);
      expect(selected[0]).toMatchObject({ detail: `a@x.example is ${status} on a later row` });
    },
  );

  it('excludes an address that is subscribed again on a later row', async () => {
    const selected = await select([reader(2, 'a@x.example', 'unsubscribed'), reader(3, 'a@x.example')]);
    expect(outcome(selected)).toEqual(['2 unsubscribed', '3 duplicate']);
  });

  it('excludes an address with an opt-out in the ledger, whatever the list says', async () => {
    const gone = new Map<string, OptOut>([['a@x.example', 'complained']]);
    const selected = await select([reader(2, 'A@x.example'), reader(3, 'b@x.example')], {
      suppressed: async () => gone,
    });
    expect(outcome(selected)).toEqual(['2 complained', '3 mailed']);
    expect(selected[0]).toMatchObject({ detail: 'A@x.example is complained in the ledger' });
  });

  it('excludes readers outside of the segment', async () => {
    const segment = (row: Subscriber) => row.key.startsWith('a');
    const selected = await select([reader(2, 'a@x.example'), reader(3, 'b@x.example')], { segment });
    expect(outcome(selected)).toEqual(['2 mailed', '3 segment']);
    expect(selected[1]).toMatchObject({ detail: 'b@x.example is not in the segment' });
  });

  it('reports the choice of the reader before the segment', async () => {
    const selected = await select([reader(2, 'b@x.example', 'unsubscribed')], { segment: () => false });
    expect(outcome(selected)).toEqual(['2 unsubscribed']);
  });
});

describe('a long list', () => {
  it('is looked up in batches, each address once', async () => {
    const rows = Array.from({ length: 1_201 }, (_, at) => reader(at + 2, `r${at}@x.example`));
    const asked: number[] = [];
    await select(rows, {
      suppressed: async (keys) => {
        asked.push(keys.length);
        return new Map();
      },
    });
    expect(asked).toEqual([500, 500, 201]);
  });

  it('also selects addresses that are false positives for duplicates', async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => reader(at + 2, `r${at}@x.example`));
    expect((await findDuplicates(batches(rows))).addresses.size).toBeGreaterThan(0);
    const selected = await select(rows);
    expect(selected.filter((row) => 'reason' in row)).toEqual([]);
  });
});

describe('a list that changes while it is read', () => {
  it('is an error, because it may have a new duplicate', async () => {
    const before = [reader(2, 'a@x.example'), reader(3, 'b@x.example')];
    const after = [reader(2, 'a@x.example'), reader(3, 'a@x.example')];
    const repeats = await findDuplicates(batches(before));
    const options = { repeats, suppressed: async () => new Map() };
    await expect(collect(selectRecipients(batches(after), options))).rejects.toThrow(
      /the list changed while/,
    );
    expect(await collect(selectRecipients(batches(before, 1), options))).toHaveLength(2);
  });
});

describe('any list', () => {
  it('mails each address at most once, and no address with an opt-out on any row', async () => {
    const row = fc.tuple(fc.constantFrom('a', 'b', 'c', 'D', 'd'), fc.constantFrom(...STATUSES));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.subarray(['a@x', 'b@x']), async (drawn, gone) => {
        const rows = drawn.map(([name, status], at) => reader(at + 2, `${name}@x`, status));
        const suppressed = new Map(gone.map((key) => [key, 'bounced' as const]));
        const selected = await select(rows, { suppressed: async () => suppressed });
        const mailed = selected.filter((one) => !('reason' in one)) as Subscriber[];
        expect(selected).toHaveLength(rows.length);
        expect(new Set(mailed.map((one) => one.key)).size).toBe(mailed.length);
        for (const { key } of mailed) {
          expect(gone).not.toContain(key);
          const statuses = rows.filter((one) => one.key === key).map((one) => one.status);
          expect(statuses.every((status) => status === 'subscribed' || status === 'pending')).toBe(true);
        }
      }),
    );
  });
});
