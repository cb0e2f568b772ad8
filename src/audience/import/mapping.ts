import { usageError } from '../../findings/error.js';
import { didYouMean } from '../../findings/nearest.js';
import { columnName } from '../../merge/expression.js';
import { parseAddress } from '../address.js';
import type { RawRecord } from '../csv-scan.js';
import { doubtfulKeys } from '../doubts.js';
import { DETAILS, type RowProblem } from '../subscriber.js';
import type { ExportFormat, ImportStatus } from './format.js';

/** What becomes of the columns of an export. */
export interface Mapping {
  readonly format: ExportFormat;
  /** For each column in its order: its name in the export and in the list; null: it is left out. */
  readonly columns: readonly { readonly from: string; readonly to: string | null }[];
}

/** Somebody whom an export names. */
export interface ImportRow {
  readonly line: number;
  readonly key: string;
  readonly address: string;
  readonly status: ImportStatus;
  /** What it says of them that is not empty, by the columns of the list, without address and status. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface RefusedRow {
  readonly line: number;
  readonly reason: RowProblem | 'duplicate' | 'unclear';
  readonly detail: string;
  readonly cells: readonly string[];
  /** Addresses, as they are compared, that the row may say have left. */
  readonly doubts?: readonly string[];
}

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
  const columns = names.map((name, index) => {
    const usual = Object.hasOwn(format.columns, name) ? format.columns[name] : name || null;
    return { from: header[index] ?? name, to: (own.has(name) ? own.get(name) : usual) ?? null };
  });
  const addresses = columns.filter(({ to }) => to === 'email');
  if (addresses.length !== 1) {
    const what = addresses.length === 0 ? 'no column' : `${addresses.length} columns`;
    throw usageError(
      `${what} of the file would have the addresses; its columns are ${header.join(', ')}`,
      'say which one has them: --map "Column=email"',
    );
  }
  return { format, columns };
}

/** What a row of an export says, or why it is refused. */
export function readExportRow(
  { format, columns }: Mapping,
  { cells, line, fault, isInDoubt }: Pick<RawRecord, 'cells' | 'line' | 'fault' | 'isInDoubt'>,
  file: string,
): ImportRow | RefusedRow {
  const refused = (reason: RowProblem, detail: string): RefusedRow => {
    return { line, reason, detail, cells, doubts: doubtfulKeys(cells) };
  };
  if (fault !== undefined) return refused(isInDoubt ? 'stray_quote' : 'malformed', fault);
  if (cells.slice(columns.length).some((cell) => cell !== ''))
    return refused(
      'malformed',
      'the row has more values than the header has columns; is a comma not quoted?',
    );
  const fields: Record<string, string> = {};
  const raw: Record<string, string> = {};
  let written = '';
  columns.forEach(({ from, to }, index) => {
    const value = cells[index] ?? '';
    raw[columnName(from)] = value;
    if (to === 'status') raw.status = value;
    else if (to === 'email') written = value;
    else if (to !== null && value !== '') take(fields, to, value);
  });
  const parsed = parseAddress(written);
  if ('problem' in parsed) return refused(parsed.problem, DETAILS[parsed.problem](written));
  const status = format.status(raw, file);
  if (!status) {
    const word = raw.status ?? raw.subscriber_type ?? raw.type ?? '';
    return refused('invalid_status', `nobody knows what the status "${word}" means`);
  }
  return { line, ...parsed, status, fields };
}

function take(fields: Record<string, string>, to: string, value: string): void {
  if (to === 'name') takeName(fields, value);
  else if (to === 'json') takeJson(fields, value);
  else if (to === 'tags') fields.tags = joinTags([...(fields.tags ?? '').split(';'), ...splitTags(value)]);
  else fields[to] = value;
}

/** The first word, and the rest; put together again they are the whole name. */
function takeName(fields: Record<string, string>, value: string): void {
  const [first = '', ...rest] = value.trim().split(/\s+/);
  fields.first_name ??= first;
  if (rest.length > 0) fields.last_name ??= rest.join(' ');
}

/** The keys of an object as columns; what is no object is left out, and so is what is within one. */
function takeJson(fields: Record<string, string>, value: string): void {
  let data: unknown;
  try {
    data = JSON.parse(value);
  } catch {
    return;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return;
  for (const [key, one] of Object.entries(data)) {
    const name = columnName(key);
    const plain = ['string', 'number', 'boolean'].includes(typeof one) && String(one) !== '';
    if (plain && name !== '' && name !== 'email' && name !== 'status') fields[name] ??= String(one);
  }
}

/** Platforms part tags by commas, and Mailchimp quotes each. */
function splitTags(value: string): string[] {
  const parts = value.includes(';') ? value.split(';') : value.split(',');
  return parts.map((part) => part.trim().replace(/^"+|"+$/g, ''));
}

/** Each tag once, parted as in a list. */
export function joinTags(tags: readonly string[]): string {
  const clean = tags.map((tag) => tag.replaceAll(';', ',').trim()).filter((tag) => tag !== '');
  return [...new Set(clean)].join(';');
}
