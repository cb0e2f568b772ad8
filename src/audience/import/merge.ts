import type { Change, EditRow } from '../edit.js';
import { agreed } from '../status-column.js';
import { joinTags } from './mapping.js';
import type { Outcome, StagedRow } from './staging.js';

/** What an import makes of a row of the list, and what that is called. */
export interface Merged {
  readonly change: Change;
  readonly outcome: Outcome;
}

const KEEP = 'keep';

/** Columns that say since when or whether, and that an import never writes over. */
const KEPT = new Set(['subscribed_at']);

/**
 * Merges what an export says into a row of the list. Pure. Who has left, by the list or the ledger, is never made a
 * subscriber again, and their row stays as it is. Of others, what the export does not know stays, and tags are added.
 * @param columns those of the list, as it will be
 */
export function mergeRow({ row, values }: EditRow, staged: StagedRow, columns: readonly string[]): Merged {
  const { status, fields, suppressed } = staged;
  // What such a row says of somebody may well be that they have left, in words that nobody knows.
  if (!('key' in row)) return { change: KEEP, outcome: newOutcome(staged) === 'gone' ? 'gone' : 'unchanged' };
  const hasStatus = columns.includes('status');
  if (status !== 'subscribed' && status !== 'pending') {
    // Where the list has no column for it, the ledger alone knows.
    const isSaid = row.status === status || !hasStatus || !['subscribed', 'pending'].includes(row.status);
    return { change: isSaid ? KEEP : { values: { ...values, status } }, outcome: 'gone' };
  }
  const left = suppressed !== null || !['subscribed', 'pending'].includes(row.status);
  if (left) return { change: KEEP, outcome: 'left' };
  const next: Record<string, string> = { ...values };
  for (const column of columns) {
    const value = Object.hasOwn(fields, column) ? fields[column] : undefined;
    if (value === undefined || column === 'email' || column === 'status') continue;
    const before = values[column] ?? '';
    if (column === 'tags') next.tags = addTags(before, value);
    else if (before === '' || !KEPT.has(column)) next[column] = value;
  }
  if (hasStatus && row.status === 'pending' && status === 'subscribed') next.status = status;
  const same = columns.every((column) => (next[column] ?? '') === (values[column] ?? ''));
  return same ? { change: KEEP, outcome: 'unchanged' } : { change: { values: next }, outcome: 'changed' };
}

/** The tags as they stand there, with those that are new at the end. */
function addTags(before: string, more: string): string {
  const known = before.split(';').map((tag) => tag.trim());
  const added = more.split(';').filter((tag) => !known.includes(tag));
  if (added.length === 0) return before;
  return before.trim() === '' ? joinTags(added) : `${before.replace(/[;\s]+$/, '')};${joinTags(added)}`;
}

/** What comes of somebody who is not on the list. */
export function newOutcome({ status, suppressed }: StagedRow): Outcome {
  if (status !== 'subscribed' && status !== 'pending') return 'gone';
  return suppressed === null ? 'new' : 'left';
}

/** The row that is added for them. @param columns those of the list, as it will be */
export function newRow(
  { address, status, fields }: StagedRow,
  columns: readonly string[],
): Record<string, string> {
  return { ...(status === 'subscribed' ? agreed(columns) : {}), ...fields, email: address, status };
}
