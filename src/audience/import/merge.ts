import type { Change, EditRow } from '../edit.js';
import { agreed } from '../status-column.js';
import { joinTags } from './mapping.js';
import type { Outcome, StagedRow } from './staging.js';

/** The change that an import makes to a row of the list, and its outcome. */
export interface Merged {
  readonly change: Change;
  readonly outcome: Outcome;
}

const KEEP = 'keep';

/** Columns that an import never overwrites. */
const KEPT = new Set(['subscribed_at']);

/**
 * Merges a row of an export into a row of the list. Readers who unsubscribed, by the list or the ledger, stay
 * unsubscribed, and their row is not changed. For others, values that the export lacks stay, and tags are added.
 * @param columns of the list after the import
 */
export function mergeRow({ row, values }: EditRow, staged: StagedRow, columns: readonly string[]): Merged {
  const { status, fields, suppressed } = staged;
  // A row that cannot be read may be an opt-out.
  if (!('key' in row)) return { change: KEEP, outcome: newOutcome(staged) === 'gone' ? 'gone' : 'unchanged' };
  const hasStatus = columns.includes('status');
  if (status !== 'subscribed' && status !== 'pending') {
    // Without a status column, only the ledger records the opt-out.
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

/** The tags as written, with new ones at the end. */
function addTags(before: string, more: string): string {
  const known = before.split(';').map((tag) => tag.trim());
  const added = more.split(';').filter((tag) => !known.includes(tag));
  if (added.length === 0) return before;
  return before.trim() === '' ? joinTags(added) : `${before.replace(/[;\s]+$/, '')};${joinTags(added)}`;
}

/** The outcome for a person who is not on the list. */
export function newOutcome({ status, suppressed }: StagedRow): Outcome {
  if (status !== 'subscribed' && status !== 'pending') return 'gone';
  return suppressed === null ? 'new' : 'left';
}

/** The row to add for a new reader. @param columns of the list after the import */
export function newRow(
  { address, status, fields }: StagedRow,
  columns: readonly string[],
): Record<string, string> {
  return { ...(status === 'subscribed' ? agreed(columns) : {}), ...fields, email: address, status };
}
