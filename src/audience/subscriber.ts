import { type AddressProblem, parseAddress } from './address.js';
import { type CsvRow, readCsv } from './csv.js';

export const STATUSES = ['subscribed', 'pending', 'unsubscribed', 'bounced', 'complained'] as const;

export type Status = (typeof STATUSES)[number];

/** Columns that every list has a meaning for; any other is a merge field and nothing more. */
export const KNOWN_COLUMNS = ['email', 'first_name', 'last_name', 'status', 'tags', 'subscribed_at'] as const;

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

export type RowProblem = AddressProblem | 'malformed' | 'invalid_status';

/** A row of the list that cannot be mailed. */
export interface BadRow {
  readonly line: number;
  /** The address as written. */
  readonly address: string;
  readonly problem: RowProblem;
  readonly detail: string;
}

/** What is said of an address that cannot be mailed. */
export const DETAILS: Record<AddressProblem, (text: string) => string> = {
  no_address: () => 'there is no address',
  invalid_address: (text) => `"${text}" is not an e-mail address`,
  non_ascii_local_part: (text) =>
    `the part before the @ of "${text}" has letters that mail servers do not take`,
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
export function subscriberOf({ line, values, surplus }: CsvRow): Subscriber | BadRow {
  const written = values.email ?? '';
  const bad = (problem: RowProblem, detail: string): BadRow => ({ line, address: written, problem, detail });
  if (surplus > 0) {
    const values = surplus === 1 ? 'a value' : `${surplus} values`;
    return bad('malformed', `the row has ${values} more than the header has columns; is a comma not quoted?`);
  }
  const parsed = parseAddress(written);
  if ('problem' in parsed) return bad(parsed.problem, DETAILS[parsed.problem](written));
  const status = (values.status ?? '').toLowerCase() || 'subscribed';
  if (!isStatus(status)) {
    return bad('invalid_status', `the status "${values.status}" is not one of ${STATUSES.join(', ')}`);
  }
  return { line, ...parsed, status, tags: tagsOf(values), fields: values };
}

function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}
