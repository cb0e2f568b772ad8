import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OptOut } from '../../../src/audience/duplicates.js';
import type { EditRow } from '../../../src/audience/edit.js';
import type { ImportStatus } from '../../../src/audience/import/format.js';
import { mergeRow, newOutcome } from '../../../src/audience/import/merge.js';
import type { StagedRow } from '../../../src/audience/import/staging.js';
import { STATUSES, subscriberOf } from '../../../src/audience/subscriber.js';

const COLUMNS = ['email', 'first_name', 'status', 'tags', 'subscribed_at', 'company'];

function listRow(values: Record<string, string>): EditRow {
  const whole = { email: 'a@x.co', ...values };
  return { row: subscriberOf({ line: 2, values: whole, surplus: 0 }), values: whole };
}

function staged(
  fields: Record<string, string>,
  status: ImportStatus = 'subscribed',
  suppressed: OptOut | null = null,
): StagedRow {
  return { sequence: 1, line: 2, key: 'a@x.co', address: 'a@x.co', status, fields, suppressed };
}

describe('a row that is also in an export', () => {
  it('gets new values and loses none', () => {
    const before = { first_name: 'Ada', tags: 'b; a;', subscribed_at: '2018-01-01', company: 'X' };
    const { change, outcome } = mergeRow(
      listRow(before),
      staged({ first_name: 'Adah', tags: 'a;c', subscribed_at: '2024-01-01' }),
      COLUMNS,
    );
    expect(outcome).toBe('changed');
    expect(change).toEqual({
      values: {
        ...{ email: 'a@x.co', first_name: 'Adah', tags: 'b; a;c' },
        ...{ subscribed_at: '2018-01-01', company: 'X' },
      },
    });
  });

  it('does not change when nothing is new', () => {
    const row = listRow({ first_name: 'Ada', tags: 'a;b' });
    expect(mergeRow(row, staged({ first_name: 'Ada', tags: 'b' }), COLUMNS)).toEqual({
      ...{ change: 'keep', outcome: 'unchanged' },
    });
  });

  it('changes from pending to subscribed, but not back', () => {
    const { change } = mergeRow(listRow({ status: 'pending' }), staged({}), COLUMNS);
    expect(change).toMatchObject({ values: { status: 'subscribed' } });
    expect(mergeRow(listRow({ status: 'subscribed' }), staged({}, 'pending'), COLUMNS).change).toBe('keep');
  });

  it('records an opt-out if the list has a status column', () => {
    const row = listRow({ status: 'subscribed' });
    const gone = mergeRow(row, staged({ first_name: 'X' }, 'unsubscribed'), COLUMNS);
    expect(gone).toMatchObject({
      ...{ outcome: 'gone', change: { values: { status: 'unsubscribed' } } },
    });
    expect(mergeRow(row, staged({}, 'bounced'), ['email'])).toEqual({ outcome: 'gone', change: 'keep' });
  });

  it('stays unsubscribed, by the list or the ledger', () => {
    const some = fc.record({
      status: fc.constantFrom(...STATUSES),
      says: fc.constantFrom<ImportStatus>('subscribed', 'pending', 'unsubscribed', 'bounced', 'complained'),
      suppressed: fc.constantFrom<OptOut | null>(null, 'unsubscribed', 'bounced'),
      name: fc.string(),
    });
    fc.assert(
      fc.property(some, ({ status, says, suppressed, name }) => {
        const row = staged({ first_name: name, status: 'subscribed' }, says, suppressed);
        const { change } = mergeRow(listRow({ status }), row, COLUMNS);
        const after = typeof change === 'object' ? change.values.status : status;
        const wantsMail = (one: string | undefined) => one === 'subscribed' || one === 'pending';
        if (!wantsMail(status)) expect(wantsMail(after)).toBe(false);
        if (!wantsMail(says)) expect(wantsMail(after)).toBe(false);
        if (suppressed) expect(after === status || !wantsMail(after)).toBe(true);
      }),
    );
  });
});

it('adds a person who is not on the list, unless they unsubscribed', () => {
  expect([
    newOutcome(staged({})),
    newOutcome(staged({}, 'subscribed', 'complained')),
    newOutcome(staged({}, 'unsubscribed')),
  ]).toEqual(['new', 'left', 'gone']);
});
