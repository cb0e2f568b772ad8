import { type AddressProblem, parseAddress, trimInvisible, withNamedInvisible } from './address.js';
import { type CsvRow, readCsv } from './csv.js';
import { doubtfulKeys } from './doubts.js';
import type { RowStatus } from './row-status.js';
import { statusColumn } from './status-column.js';
import { meaningOf, worst } from './status-value.js';

export const STATUSES = ['subscribed', 'pending', 'unsubscribed', 'bounced', 'complained'] as const;

export type Status = (typeof STATUSES)[number];

/** Columns with a meaning; any other column is only a merge field. */
export const KNOWN_COLUMNS = ['email', 'first_name', 'last_name', 'status', 'tags', 'subscribed_at'] as const;

/** The columns of a new list. */
export const USUAL_COLUMNS = KNOWN_COLUMNS;

/** The line of a subscriber who is not in the file. */
export const NO_LINE = 0;

/** A row of the list that can be mailed according to the row itself. */
export interface Subscriber {
  /** From 1; {@link NO_LINE} for a reader from the ledger. */
  readonly line: number;
  /** The address as used for sending. */
  readonly address: string;
  /** The address for comparison. */
  readonly key: string;
  readonly status: Status;
  readonly tags: readonly string[];
  /** Every column, by name. */
  readonly fields: Readonly<Record<string, string>>;
}

export type RowProblem = AddressProblem | 'malformed' | 'stray_quote' | 'invalid_status';

/** A row of the list that cannot be mailed. */
export interface BadRow {
  readonly line: number;
  /** The address as written. */
  readonly address: string;
  readonly problem: RowProblem;
  readonly detail: string;
  /** Keys of addresses that the row may opt out. None of them gets email, even if other rows allow it. */
  readonly doubts?: readonly string[];
}

/** The messages about an address that cannot be mailed. */
export const DETAILS: Record<AddressProblem, (text: string) => string> = {
  no_address: () => 'no address',
  invalid_address: (text) => `"${withNamedInvisible(text)}" is not an email address`,
  non_ascii_local_part: (text) =>
    `the part before the @ of "${withNamedInvisible(text)}" has characters that mail servers do not accept`,
};

/** Rows of the list in order, in batches. */
export type Rows = AsyncIterable<readonly (Subscriber | BadRow)[]>;

/** Streams the rows of the list; a bad row does not affect the others. */
export async function* readSubscribers(path: string, name: string): AsyncGenerator<(Subscriber | BadRow)[]> {
  for await (const rows of readCsv(path, name)) yield rows.map(subscriberOf);
}

/** The display name for a header; empty when the list has no name. */
export function displayName(fields: Readonly<Record<string, string>>): string {
  return [fields.first_name, fields.last_name].filter(Boolean).join(' ');
}

/** The tags of a row, separated by `;`. */
export function tagsOf({ tags = '' }: Readonly<Record<string, string>>): string[] {
  return tags
    .split(';')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** The subscriber in a row of the list, or why the row cannot be mailed. */
export function subscriberOf({
  line,
  values,
  surplus,
  fault,
  isInDoubt,
  cells,
}: CsvRow): Subscriber | BadRow {
  const written = values.email ?? '';
  const all = cells ?? Object.values(values);
  const bad = (problem: RowProblem, detail: string, doubtful?: readonly string[]): BadRow => {
    const doubts = doubtful && doubtfulKeys(doubtful);
    return { line, address: written, problem, detail, ...(doubts && doubts.length > 0 ? { doubts } : {}) };
  };
  if (fault !== undefined) return bad(isInDoubt ? 'stray_quote' : 'malformed', fault, all);
  if (surplus > 0) {
    const values = surplus === 1 ? 'a value' : `${surplus} values`;
    return bad(
      'malformed',
      `the row has ${values} more than the header has columns; put values with a comma in quotes`,
      all,
    );
  }
  const parsed = parseAddress(written);
  const found = statusOf(values);
  const mayHaveLeft = 'problem' in found || found.status !== 'subscribed';
  if ('problem' in parsed) {
    return bad(parsed.problem, DETAILS[parsed.problem](written), mayHaveLeft ? [written] : undefined);
  }
  if ('problem' in found) return bad('invalid_status', found.problem, [written]);
  return { line, ...parsed, status: found.status, tags: tagsOf(values), fields: values };
}

/** The status from all columns of a row; the strongest one counts. */
function statusOf(values: Readonly<Record<string, string>>): { status: Status } | { problem: string } {
  const written = trimInvisible(values.status ?? '').toLowerCase() || 'subscribed';
  let problem = isStatus(written)
    ? undefined
    : `the status "${values.status}" is not one of ${STATUSES.join(', ')}`;
  let status: RowStatus = isStatus(written) ? written : 'subscribed';
  for (const name in values) {
    const column = name === 'status' ? undefined : statusColumn(name);
    if (!column) continue;
    const value = values[name] ?? '';
    const meaning = meaningOf(column, value);
    if (column.isSure && meaning === undefined) {
      problem ??= `the column "${name}" contains "${value}", and obn cannot tell whether this reader unsubscribed; write yes or no`;
    } else if (meaning && (column.isSure || (column.kind !== 'consent' && meaning !== 'pending'))) {
      status = worst(status, meaning);
    }
  }
  return problem === undefined || (status !== 'subscribed' && status !== 'pending')
    ? { status }
    : { problem };
}

function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}
