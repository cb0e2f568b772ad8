import sift from 'sift';
import { configurationError, messageOf, type ObnError } from '../findings/error.js';
import { didYouMean } from '../findings/nearest.js';
import { linearRegex } from './linear-regex.js';
import { prepareQuery, type Query, type QueryColumn, READ, type ValueKind } from './segment-query.js';
import { KNOWN_COLUMNS, NO_LINE, type Subscriber } from './subscriber.js';

/**
 * The test of a segment in the configuration: a MongoDB query over the fields of a subscriber, where `tags` is a list.
 * The test throws an ObnError for a column that the list does not have, or a value of another type than the query
 * compares.
 * @param list the file as messages name it
 * @throws ObnError when there is no such segment, or its query is invalid
 */
export function segmentTest(
  name: string,
  segments: Readonly<Record<string, Query>>,
  list = 'the list',
): (subscriber: Subscriber) => boolean {
  const query = Object.hasOwn(segments, name) ? segments[name] : undefined;
  if (!query) {
    const known = Object.keys(segments);
    const hint =
      known.length > 0 ? `segments: ${known.join(', ')}` : 'define it under audience.segments in obn.yaml';
    throw configurationError(`there is no segment "${name}"${didYouMean(name, known)}`, { hint });
  }
  if (JSON.stringify(query).includes('"$where"')) {
    throw configurationError(`the segment "${name}" uses $where, which runs code and is not allowed`);
  }
  try {
    const { query: prepared, columns } = prepareQuery(query);
    const test = sift.default<Record<string, unknown>>(prepared, { operations: { $regex } });
    const known = new Set<string>(KNOWN_COLUMNS);
    return (subscriber) => {
      requireColumns(name, columns, subscriber, known);
      return test(valuesOf(name, columns, subscriber, list));
    };
  } catch (error) {
    throw configurationError(`the query of the segment "${name}" cannot be read: ${messageOf(error)}`);
  }
}

// sift is CommonJS, and Node.js does not detect its named exports.
const { createEqualsOperation } = sift;

type SiftOptions = Parameters<typeof createEqualsOperation>[2];

/** Replaces the $regex of sift, which uses JavaScript's engine. */
const $regex = (pattern: unknown, query: { readonly $options?: unknown }, options: SiftOptions) =>
  createEqualsOperation(linearRegex(pattern, query.$options), query, options);

/** Every row of a list has all columns. Readers of the ledger come after the rows, and may lack some. */
function requireColumns(
  segment: string,
  columns: readonly QueryColumn[],
  { line, fields }: Subscriber,
  known: Set<string>,
): void {
  const lacking = columns.find(({ column }) => !known.has(column) && !Object.hasOwn(fields, column));
  if (!lacking) {
    if (line !== NO_LINE) for (const { column } of columns) known.add(column);
    return;
  }
  throw unknownColumn(segment, lacking.column, [...new Set([...KNOWN_COLUMNS, ...Object.keys(fields)])]);
}

function unknownColumn(segment: string, column: string, known: readonly string[]): ObnError {
  return configurationError(
    `the segment "${segment}" uses the column "${column}", which the list does not have${didYouMean(column, known)}`,
    { hint: `fix audience.segments in obn.yaml; the columns are ${known.join(', ')}` },
  );
}

function valuesOf(
  segment: string,
  columns: readonly QueryColumn[],
  subscriber: Subscriber,
  list: string,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { column, kind, key } of columns) {
    if (kind === 'list') {
      values[key] = subscriber.tags;
      continue;
    }
    const text = textOf(subscriber, column);
    const isNothing = text === undefined || (text.trim() === '' && kind !== 'text' && kind !== 'presence');
    // For $exists, a key counts as a value.
    if (isNothing) continue;
    const value = READ[kind](text);
    if (value === undefined) throw otherKind(segment, column, kind, text, subscriber, list);
    values[key] = value;
  }
  return values;
}

function textOf({ key, status, fields }: Subscriber, column: string): string | undefined {
  if (column === 'email') return key;
  if (column === 'status') return status;
  return Object.hasOwn(fields, column) ? fields[column] : undefined;
}

const KINDS: Readonly<Record<ValueKind, readonly [as: string, right: string]>> = {
  text: ['text', 'write text'],
  presence: ['a value', 'write a value'],
  value: ['a value', 'write a value'],
  list: ['a list', 'separate the tags with ;'],
  number: ['a number', 'write a number such as 18'],
  boolean: ['yes or no', 'write true or false'],
  date: ['a date', 'write the dates in the column as 2019-02-14'],
  year: ['a date', 'write the dates in the column as 2019-02-14'],
};

function otherKind(
  segment: string,
  column: string,
  kind: ValueKind,
  text: string,
  { line, address }: Subscriber,
  list: string,
): ObnError {
  const [as, right] = KINDS[kind];
  const place = line === NO_LINE ? `${address} in the ledger:` : `${list}:${line}:1`;
  return configurationError(
    `${place} the segment "${segment}" compares "${column}" as ${as}, but the value is "${text}"`,
    { hint: `${right}, or fix the query under audience.segments` },
  );
}
