import { parse } from 'csv-parse';
import { configurationError, messageOf, ObnError } from '../findings/error.js';
import { didYouMean } from '../findings/nearest.js';
import { columnName } from '../merge/expression.js';
import { readChunks } from '../platform/files.js';

/** A data row of a CSV file, its values by column name. */
export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** How many values that are not empty it has beyond the columns of the header. */
  readonly surplus: number;
}

const DELIMITERS = [',', ';', '\t'] as const;

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
    const first = batch.find((record) => !isEmpty(record));
    if (first) return header(first, name);
  }
  return [];
}

async function* records(path: string, name: string): AsyncGenerator<(readonly string[])[]> {
  let parser: ReturnType<typeof parse> | undefined;
  try {
    for await (const chunk of decode(readChunks(path), name)) {
      parser ??= parserFor(chunk, name);
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

function parserFor(text: string, name: string): ReturnType<typeof parse> {
  if (text.trim() === '') throw configurationError(`${name}:1:1 the list is empty`);
  const parser = parse({
    delimiter: sniffDelimiter(text),
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    max_record_size: 1_000_000,
  });
  // An error also ends the write, or the last read, that meets it.
  return parser.on('error', () => undefined);
}

/** The records that end in this chunk; waiting for each by itself would cost more than parsing it. */
async function parseChunk(parser: ReturnType<typeof parse>, chunk: string): Promise<string[][]> {
  const written = new Promise<void>((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
  const batch: string[][] = [];
  for (let record = parser.read(); record !== null; record = parser.read()) batch.push(record);
  await written;
  return batch;
}

/**
 * The text of a list, with lines that all end in the same way, so that they can be counted. Excel writes UTF-8 with a
 * byte order mark, or UTF-16 as "Unicode text".
 */
async function* decode(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let lines = 1;
  let held = '';
  const read = (chunk?: Buffer) => {
    try {
      const text = held + (decoder?.decode(chunk, { stream: chunk !== undefined }) ?? '');
      held = chunk && text.endsWith('\r') ? '\r' : '';
      const even = text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
      lines += even.split('\n').length - 1;
      return even;
    } catch (cause) {
      const hint = 'export the list as "CSV UTF-8"';
      throw configurationError(`${name} is not UTF-8 text (from line ${lines} on)`, { hint, cause });
    }
  };
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    const text = read(chunk);
    if (text !== '') yield text;
  }
  const rest = read();
  if (rest !== '') yield rest;
}

function encodingOf(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function sniffDelimiter(text: string): string {
  const line =
    text
      .trimStart()
      .split('\n', 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function header(record: readonly string[], name: string): string[] {
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

function isEmpty(record: readonly string[]): boolean {
  return record.length === 1 && record[0] === '';
}

function linesWithin(record: readonly string[]): number {
  let lines = 0;
  for (const value of record) if (value.includes('\n')) lines += value.split('\n').length - 1;
  return lines;
}

function rowOf(columns: readonly string[], record: readonly string[], line: number): CsvRow {
  const values = Object.fromEntries(columns.map((column, index) => [column, record[index] ?? '']));
  const surplus = record.length > columns.length ? record.slice(columns.length).filter(Boolean).length : 0;
  return { line, values, surplus };
}

function parseError(error: unknown, name: string): ObnError {
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
