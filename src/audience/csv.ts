import { configurationError } from '../findings/error.js';
import { didYouMean } from '../findings/nearest.js';
import { columnName } from '../merge/expression.js';
import { readChunks } from '../platform/files.js';
import { CONFLICT_ERROR, conflictLine } from '../platform/text.js';
import { CsvScanner, type RawRecord } from './csv-scan.js';
import { decode, sniffDelimiter } from './csv-text.js';

/** A data row of a CSV file, its values by column name. */
export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** The number of nonempty values beyond the columns of the header. */
  readonly surplus: number;
  /** Why its values cannot be trusted: its quotes are broken. */
  readonly fault?: string | undefined;
  /** Whether it is one of several lines that a stray quote makes unclear. */
  readonly isInDoubt?: boolean | undefined;
  /** Every value, in the order of the file. */
  readonly cells?: readonly string[];
}

/**
 * Streams the rows of a subscriber list in batches: CSV with a header (RFC 4180), separated by comma, semicolon, tab
 * or pipe, in UTF-8, or in UTF-16 with a byte order mark.
 * @param name the file as messages name it
 * @throws ObnError when it cannot be read, or has no header with `email`
 */
export async function* readCsv(path: string, name: string): AsyncGenerator<CsvRow[]> {
  let columns: readonly string[] | undefined;
  for await (const batch of scanCsv(path, name)) {
    const rows: CsvRow[] = [];
    for (const record of batch) {
      if (record.empty) continue;
      if (columns) rows.push(rowOf(columns, withPlainLineEnds(record)));
      else columns = header(record, name);
    }
    if (rows.length > 0) yield rows;
  }
  if (!columns) throw emptyList(name);
}

/** The names of the columns of a list; throws as {@link readCsv}. */
export async function readColumns(path: string, name: string): Promise<readonly string[]> {
  for await (const batch of scanCsv(path, name)) {
    const first = batch.find(({ empty }) => !empty);
    if (first) return header(first, name);
  }
  throw emptyList(name);
}

/**
 * Streams the records of a CSV file in batches. Everything that reads a list uses this reader.
 * @param onBytes called with the length of each chunk
 * @throws ObnError when it cannot be read as text, or it contains a Git merge conflict
 */
export async function* scanCsv(
  path: string,
  name: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<RawRecord[]> {
  let scanner: CsvScanner | undefined;
  for await (const text of decode(counted(readChunks(path), onBytes), name)) {
    scanner ??= new CsvScanner(sniffDelimiter(text));
    yield withoutConflicts(scanner.push(text), name);
  }
  if (scanner) yield withoutConflicts(scanner.end(), name);
}

/** @throws ObnError for a merge conflict, because the rows of both sides would count */
function withoutConflicts(records: RawRecord[], name: string): RawRecord[] {
  for (const { raw, line } of records) {
    if (!raw.includes('<<<<<<<') && !raw.includes('>>>>>>>')) continue;
    const within = conflictLine(raw);
    if (within === undefined) continue;
    const { message, hint } = CONFLICT_ERROR;
    throw configurationError(`${name}:${line + within - 1}:1 ${message}`, { hint });
  }
  return records;
}

async function* counted(chunks: AsyncIterable<Buffer>, onBytes?: (bytes: number) => void) {
  for await (const chunk of chunks) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}

function emptyList(name: string): Error {
  return configurationError(`${name}:1:1 the list is empty`);
}

/** @throws ObnError for a header that cannot be read, has a duplicate column, or no column `email` */
export function header({ cells, line, fault }: RawRecord, name: string): string[] {
  if (fault) throw brokenHeader(name, line, fault);
  const columns = cells.map(columnName);
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) !== index);
  if (twice) throw configurationError(`${name}:${line}:1 has two columns named "${twice}"`);
  if (columns.includes('email')) return columns;
  const near = columns.map((column) => didYouMean(column, ['email'])).some((text) => text !== '');
  const hint = near
    ? 'rename the column with the addresses to "email"'
    : 'name the column with the addresses "email"';
  throw configurationError(`${name}:${line}:1 has no column "email"; its columns are ${cells.join(', ')}`, {
    hint,
  });
}

/** Without column names, no row can be read. */
export function brokenHeader(name: string, line: number, fault: string): Error {
  return configurationError(`${name}:${line}:1 the header cannot be read: ${fault}`, {
    hint: 'fix the quotes on the line with the column names',
  });
}

export function rowOf(columns: readonly string[], { cells, line, fault, isInDoubt }: RawRecord): CsvRow {
  const values = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  const surplus = cells.length > columns.length ? cells.slice(columns.length).filter(Boolean).length : 0;
  return { line, values, surplus, fault, isInDoubt, cells };
}

function withPlainLineEnds(record: RawRecord): RawRecord {
  if (!record.cells.some((cell) => cell.includes('\r'))) return record;
  return { ...record, cells: record.cells.map((cell) => cell.replace(/\r\n?/g, '\n')) };
}
