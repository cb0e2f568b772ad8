import { usageError } from '../../findings/error.js';
import { didYouMean } from '../../findings/nearest.js';
import { columnName } from '../../merge/expression.js';
import { parseAddress, trimInvisible } from '../address.js';
import type { RawRecord } from '../csv-scan.js';
import { type DateOrder, dateOf } from '../dates.js';
import { doubtfulKeys } from '../doubts.js';
import type { RowStatus } from '../row-status.js';
import { type StatusColumn, statusColumn } from '../status-column.js';
import { meaningOf, worst } from '../status-value.js';
import { DETAILS, type RowProblem } from '../subscriber.js';
import { cleanValue, splitName } from './clean-value.js';
import type { ExportFormat, ImportStatus } from './format.js';

export interface MappedColumn {
  /** Its name in the export. */
  readonly from: string;
  /** Its name in the list; null when it is left out. */
  readonly to: string | null;
  /** Its meaning for whether a row may be mailed, if the format does not define it. */
  readonly status?: StatusColumn;
}

/** How the columns of an export are imported. */
export interface Mapping {
  readonly format: ExportFormat;
  /** In the order of the export. */
  readonly columns: readonly MappedColumn[];
  /** Meanings of values that obn cannot read as a status, in lowercase. */
  readonly meanings: ReadonlyMap<string, RowStatus>;
  /** The order of day and month in a column of dates, by its name in the list. */
  readonly dates: ReadonlyMap<string, DateOrder | undefined>;
}

/** A person in an export. */
export interface ImportRow {
  readonly line: number;
  readonly key: string;
  readonly address: string;
  readonly status: ImportStatus;
  /** Nonempty values by column of the list, without address and status. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface RefusedRow {
  readonly line: number;
  readonly reason: RowProblem | 'duplicate' | 'unclear';
  readonly detail: string;
  readonly cells: readonly string[];
  /** Keys of addresses that the row may opt out. */
  readonly doubts?: readonly string[];
}

/** A value that may or may not be an opt-out. */
export interface UnclearStatus {
  /** The name of the column in the export. */
  readonly column: string;
  readonly value: string;
}

/** A column that the user maps to `status`. */
const NAMED_STATUS: StatusColumn = { kind: 'words', meaning: 'unsubscribed', isText: false, isSure: true };

/**
 * Maps the columns of an export.
 * @param overrides by column of the export, in any spelling; an empty name leaves the column out
 * @throws ObnError (usage) when no column, or more than one, has the addresses, or an override names no column
 */
export function mapColumns(
  format: ExportFormat,
  header: readonly string[],
  overrides: ReadonlyMap<string, string>,
): Mapping {
  const names = header.map(columnName);
  for (const column of overrides.keys()) {
    if (!names.includes(columnName(column)))
      throw usageError(
        `the file has no column "${column}"${didYouMean(columnName(column), names)}`,
        `its columns are ${header.join(', ')}`,
      );
  }
  const own = new Map([...overrides].map(([from, to]) => [columnName(from), columnName(to) || null]));
  const columns = names.map((name, index): MappedColumn => {
    const from = header[index] ?? name;
    const status = statusColumn(separated(from));
    if (own.has(name)) {
      const to = own.get(name) ?? null;
      return to === 'status'
        ? { from, to, status: { ...(status ?? NAMED_STATUS), isSure: true } }
        : { from, to };
    }
    if (Object.hasOwn(format.columns, name)) {
      const to = format.columns[name] ?? null;
      // A column that the format leaves out may contain opt-outs, too.
      const isSaid = to === null && status?.kind === 'left' && status.isSure && !status.isText;
      return isSaid ? { from, to, status } : { from, to };
    }
    return status ? { from, to: 'status', status } : { from, to: name || null };
  });
  const addresses = columns.filter(({ to }) => to === 'email');
  if (addresses.length !== 1) {
    const what = addresses.length === 0 ? 'no column looks like' : `${addresses.length} columns look like`;
    throw usageError(
      `${what} email addresses; its columns are ${header.join(', ')}`,
      'does the file have a header row? To name the column with the addresses: --map "Column=email"',
    );
  }
  return { format, columns, meanings: new Map(), dates: new Map() };
}

/** Reads a row of an export, or says why it is refused. */
export function readExportRow(
  mapping: Mapping,
  { cells, line, fault, isInDoubt }: Pick<RawRecord, 'cells' | 'line' | 'fault' | 'isInDoubt'>,
  file: string,
): ImportRow | RefusedRow {
  const refused = (reason: RowProblem, detail: string): RefusedRow => {
    return { line, reason, detail, cells, doubts: doubtfulKeys(cells) };
  };
  if (fault !== undefined) return refused(isInDoubt ? 'stray_quote' : 'malformed', fault);
  if (cells.slice(mapping.columns.length).some((cell) => cell !== ''))
    return refused(
      'malformed',
      'the row has more values than the header has columns; put values with a comma in quotes',
    );
  const { fields, written, raw, found } = readCells(mapping, cells);
  const parsed = parseAddress(written);
  if ('problem' in parsed) return refused(parsed.problem, DETAILS[parsed.problem](written));
  const status = mapping.format.status(raw, file);
  const judged = judge(mapping, found, status ?? 'subscribed');
  if (!status && !isLeft(judged.status)) {
    const word = raw.status ?? raw.subscriber_type ?? raw.type ?? '';
    return refused('invalid_status', `unknown status "${word}"`);
  }
  const [unclear] = judged.unclear;
  if (unclear) return refused('invalid_status', unclearText(unclear));
  return { line, ...parsed, status: judged.status, fields };
}

/** The values of a row that may or may not be an opt-out. */
export function unclearStatuses(mapping: Mapping, cells: readonly string[]): readonly UnclearStatus[] {
  return judge(mapping, readCells(mapping, cells).found, 'subscribed').unclear;
}

function unclearText({ column, value }: UnclearStatus): string {
  return `the column "${column}" contains "${value}", and obn cannot tell whether this reader unsubscribed`;
}

interface StatusCell {
  readonly column: StatusColumn;
  readonly name: string;
  readonly value: string;
}

/** The values of a row by column of the list. */
function readCells({ columns, dates }: Mapping, cells: readonly string[]) {
  const fields: Record<string, string> = {};
  const raw: Record<string, string> = {};
  const found: StatusCell[] = [];
  let written = '';
  columns.forEach(({ from, to, status }, index) => {
    const value = cells[index] ?? '';
    raw[columnName(from)] = value;
    if (status) found.push({ column: status, name: from, value });
    else if (to === 'email') written = value;
    else if (to === 'json') found.push(...takeJson(fields, value));
    else if (to !== null && value !== '') take(fields, to, value, dates);
  });
  return { fields, raw, found, written };
}

/** The status from all status columns of a row; the strongest one counts. */
function judge(
  { meanings }: Mapping,
  found: readonly StatusCell[],
  initial: ImportStatus,
): { status: ImportStatus; unclear: readonly UnclearStatus[] } {
  let status = initial;
  const unclear: UnclearStatus[] = [];
  for (const { column, name, value } of found) {
    const meaning = meaningOf(column, value, meanings);
    const isTold = meanings.has(trimInvisible(value).toLowerCase());
    if (meaning !== undefined && (column.isSure || isTold || meaning === 'subscribed')) {
      status = worst(status, meaning);
    } else unclear.push({ column: name, value });
  }
  return { status, unclear: isLeft(status) ? [] : unclear };
}

function isLeft(status: ImportStatus): boolean {
  return status !== 'subscribed' && status !== 'pending';
}

/** A name in camel case, such as `emailOptOut`, with spaces between its words. */
function separated(name: string): string {
  return name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}

function take(
  fields: Record<string, string>,
  to: string,
  written: string,
  dates: ReadonlyMap<string, DateOrder | undefined>,
): void {
  const value = cleanValue(to, written);
  if (value === '') return;
  if (to === 'name') {
    const { first, last } = splitName(value);
    fields.first_name ??= first;
    if (last !== '') fields.last_name ??= last;
  } else if (to === 'tags') fields.tags = joinTags([...(fields.tags ?? '').split(';'), ...splitTags(value)]);
  else fields[to] = dates.has(to) ? (dateOf(value, dates.get(to))?.iso ?? value) : value;
}

/** The keys of a JSON object as columns; nested values and other JSON are left out. */
function takeJson(fields: Record<string, string>, value: string): StatusCell[] {
  const found: StatusCell[] = [];
  let data: unknown;
  try {
    data = JSON.parse(value);
  } catch {
    return found;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return found;
  for (const [key, one] of Object.entries(data)) {
    const name = columnName(key);
    const plain = ['string', 'number', 'boolean'].includes(typeof one) && String(one) !== '';
    if (!plain || name === '' || name === 'email') continue;
    const column = statusColumn(separated(key));
    if (column) found.push({ column, name: key, value: String(one) });
    else {
      const text = cleanValue(name, String(one));
      if (text !== '') fields[name] ??= text;
    }
  }
  return found;
}

/** Platforms separate tags with commas, and Mailchimp puts each in quotes. */
function splitTags(value: string): string[] {
  const parts = value.includes(';') ? value.split(';') : value.split(',');
  return parts.map((part) => part.trim().replace(/^"+|"+$/g, ''));
}

/** Each tag once, separated by `;`. */
export function joinTags(tags: readonly string[]): string {
  const clean = tags.map((tag) => tag.replaceAll(';', ',').trim()).filter((tag) => tag !== '');
  return [...new Set(clean)].join(';');
}
