import { type AddressProblem, parseAddress, trimInvisible, withNamedInvisible } from './address.js';
import { type CsvRow, readCsv } from './csv.js';
import { doubtfulKeys } from './doubts.js';
import type { RowStatus } from './row-status.js';
import { statusColumn } from './status-column.js';
import { meaningOf, worst } from './status-value.js';

export const STATUSES = ['subscribed', 'pending', 'unsubscribed', 'bounced', 'complained'] as const;

export type Status = (typeof STATUSES)[number];

/** Columns that every list has a meaning for; any other is a merge field and nothing more. */
export const KNOWN_COLUMNS = ['email', 'first_name', 'last_name', 'status', 'tags', 'subscribed_at'] as const;

/** What a new list has as columns. */
export const USUAL_COLUMNS = KNOWN_COLUMNS;

/** The line of a subscriber who stands in no file. */
export const NO_LINE = 0;

/** A row of the list that can be mailed, as far as the row itself says. */
export interface Subscriber {
  /** From 1; {@link NO_LINE}: a reader whom the ledger knows. */
  readonly line: number;
  /** As it is mailed. */
  readonly address: string;
  /** As it is compared. */
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
  /** Addresses, as they are compared, that the row may say have left. None of them is mailed, whatever other rows say. */
  readonly doubts?: readonly string[];
}

/** What is said of an address that cannot be mailed. */
export const DETAILS: Record<AddressProblem, (text: string) => string> = {
  no_address: () => 'there is no address',
  invalid_address: (text) => `"${withNamedInvisible(text)}" is not an e-mail address`,
  non_ascii_local_part: (text) =>
    `the part before the @ of "${withNamedInvisible(text)}" has letters that mail servers do not take`,
};

/** Rows of the list in their order, many at a time. */
export type Rows = AsyncIterable<readonly (Subscriber | BadRow)[]>;

/** Streams the rows of the list; a bad row never stops the others. */
export async function* readSubscribers(path: string, name: string): AsyncGenerator<(Subscriber | BadRow)[]> {
  for await (const rows of readCsv(path, name)) yield rows.map(subscriberOf);
}

/** The name that stands beside an address in a header; empty where the list has none. */
export function displayName(fields: Readonly<Record<string, string>>): string {
  return [fields.first_name, fields.last_name].filter(Boolean).join(' ');
}

/** The tags of a row, which `;` parts. */
export function tagsOf({ tags = '' }: Readonly<Record<string, string>>): string[] {
  return tags
    .split(';')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** What a row of the list says of a subscriber, or why it says nothing. */
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
      `the row has ${values} more than the header has columns; is a comma not quoted?`,
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

/** What the columns of a row say of whether it may be mailed: the one that keeps most from it counts. */
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
      problem ??= `the column "${name}" says "${value}", and obn cannot tell whether this reader left; write yes or no`;
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
