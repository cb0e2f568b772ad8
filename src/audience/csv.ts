import { parse } from 'csv-parse';
import { configurationError, messageOf, ObnError } from '../findings/error.js';
import { didYouMean } from '../findings/nearest.js';
import { columnName } from '../merge/expression.js';
import { readChunks } from '../platform/files.js';
import { CONFLICT_ERROR, isConflictLine } from '../platform/text.js';
import { decode, evenLines, sniffDelimiter } from './csv-text.js';

/** A data row of a CSV file, its values by column name. */
export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** How many values that are not empty it has beyond the columns of the header. */
  readonly surplus: number;
}

/**
 * Streams the rows of a subscriber list, many at a time: CSV with a header (RFC 4180), parted by comma, semicolon or
 * tab, in UTF-8, or in UTF-16 with a byte order mark.
 * @param name the file as messages name it.
 * @throws ObnError when it cannot be read, has no header with `email`, or a quote is never closed.
 */
export async function* readCsv(path: string, name: string): AsyncGenerator<CsvRow[]> {
  let columns: readonly string[] | undefined;
  let line = 1;
  for await (const batch of records(path, name)) {
    const rows: CsvRow[] = [];
    for (const record of batch) {
      refuseConflict(record, line, name);
      if (!isEmpty(record)) {
        if (columns) rows.push(rowOf(columns, record, line));
        else columns = header(record, name);
      }
      line += 1 + linesWithin(record);
    }
    if (rows.length > 0) yield rows;
  }
}

/** The names of the columns of a list; throws as {@link readCsv}. */
export async function readColumns(path: string, name: string): Promise<readonly string[]> {
  for await (const batch of records(path, name)) {
    const at = batch.findIndex((record) => !isEmpty(record));
    const first = batch[at];
    if (!first) continue;
    refuseConflict(first, at + 1, name);
    return header(first, name);
  }
  return [];
}

async function* records(path: string, name: string): AsyncGenerator<(readonly string[])[]> {
  let parser: Parser | undefined;
  try {
    for await (const chunk of evenLines(decode(readChunks(path), name))) {
      parser ??= parserFor(chunk, name, { record_delimiter: '\n' });
      yield await parseChunk(parser, chunk);
    }
    if (!parser) throw configurationError(`${name}:1:1 the list is empty`);
    parser.end();
    yield (await parser.toArray()) as string[][];
  } catch (error) {
    throw error instanceof ObnError ? error : parseError(error, name);
  } finally {
    parser?.destroy();
  }
}

export type Parser = ReturnType<typeof parse>;

/** The one reader of CSV, for every way in which a list is read. @param text how it begins */
export function parserFor(
  text: string,
  name: string,
  options: { record_delimiter: string | string[]; info?: boolean },
): Parser {
  if (text.trim() === '') throw configurationError(`${name}:1:1 the list is empty`);
  const parser = parse({
    delimiter: sniffDelimiter(text),
    ...options,
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    max_record_size: 1_000_000,
  });
  // An error also ends the write, or the last read, that meets it.
  return parser.on('error', () => undefined);
}

/** The records that end in this chunk; waiting for each by itself would cost more than parsing it. */
export async function parseChunk<Row = string[]>(parser: Parser, chunk: string | Buffer): Promise<Row[]> {
  const written = new Promise<void>((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
  const batch: Row[] = [];
  for (let record = parser.read(); record !== null; record = parser.read()) batch.push(record);
  await written;
  return batch;
}

/** @throws ObnError for a header that has a column twice, or none with addresses */
export function header(record: readonly string[], name: string): string[] {
  const columns = record.map(columnName);
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) !== index);
  if (twice) throw configurationError(`${name}:1:1 has two columns named "${twice}"`);
  if (columns.includes('email')) return columns;
  const near = columns.map((column) => didYouMean(column, ['email'])).some((text) => text !== '');
  const hint = near
    ? 'is one of its columns meant to be "email"?'
    : 'name the column with the addresses "email"';
  throw configurationError(`${name}:1:1 has no column "email"; its columns are ${record.join(', ')}`, {
    hint,
  });
}

/** @throws ObnError for a row that is a line of a merge conflict: the rows of both sides would count. */
export function refuseConflict([first = '']: readonly string[], line: number, name: string): void {
  if (!isConflictLine(first)) return;
  const { message, hint } = CONFLICT_ERROR;
  throw configurationError(`${name}:${line}:1 ${message}`, { hint });
}

export function isEmpty(record: readonly string[]): boolean {
  return record.length === 1 && record[0] === '';
}

export function linesWithin(record: readonly string[]): number {
  let lines = 0;
  for (const value of record) if (/[\r\n]/.test(value)) lines += value.split(/\r\n?|\n/).length - 1;
  return lines;
}

export function rowOf(columns: readonly string[], record: readonly string[], line: number): CsvRow {
  const values = Object.fromEntries(columns.map((column, index) => [column, record[index] ?? '']));
  const surplus = record.length > columns.length ? record.slice(columns.length).filter(Boolean).length : 0;
  return { line, values, surplus };
}

export function parseError(error: unknown, name: string): ObnError {
  const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    const message = `${name}:${line}:1 a quote that begins before here is never closed, so the rows after it are lost`;
    return configurationError(message, {
      hint: 'close it, or write a quote within a quoted value twice: ""',
    });
  }
  if (code === 'CSV_MAX_RECORD_SIZE') {
    const hint = 'look for a quote in the rows before, or is this no list at all?';
    return configurationError(
      `${name}:${line}:1 a row has more than a million characters; most likely a quote is never closed`,
      { hint },
    );
  }
  return configurationError(`${name}:${line}:1 ${messageOf(error)}`, { cause: error });
}
