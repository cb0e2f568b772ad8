import { parse } from 'csv-parse';
import { configurationError, messageOf, ObnError } from '../findings/error.js';
import { didYouMean } from '../findings/nearest.js';
import { columnName } from '../merge/expression.js';
import { readStream } from '../platform/files.js';

/** A data row of a CSV file, its values by column name. */
export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** How many values that are not empty it has beyond the columns of the header. */
  readonly surplus: number;
}

interface ParsedRecord {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Streams the rows of a subscriber list: CSV with a header (RFC 4180), parted by comma, semicolon or tab, in UTF-8,
 * or in UTF-16 with a byte order mark.
 * @param name the file as messages name it.
 * @throws ObnError when it cannot be read, has no header with `email`, or a quote is never closed.
 */
export async function* readCsv(path: string, name: string): AsyncGenerator<CsvRow> {
  let columns: readonly string[] | undefined;
  for await (const { info, record } of records(path, name)) {
    if (columns) yield rowOf(columns, record, info.lines);
    else columns = header(record, name);
  }
}

/** The names of the columns of a list; throws as {@link readCsv}. */
export async function readColumns(path: string, name: string): Promise<readonly string[]> {
  for await (const { record } of records(path, name)) return header(record, name);
  return [];
}

async function* records(path: string, name: string): AsyncGenerator<ParsedRecord> {
  const chunks = decode(readStream(path), name)[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done || first.value.trim() === '') throw configurationError(`${name}:1:1 the list is empty`);
  const parser = parse({
    delimiter: sniffDelimiter(first.value),
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 1_000_000,
  });
  const feeding = feed(parser, first.value, chunks);
  try {
    yield* parser as AsyncIterable<ParsedRecord>;
  } catch (error) {
    throw error instanceof ObnError ? error : parseError(error, name);
  } finally {
    parser.destroy();
    await feeding;
  }
}

async function feed(
  parser: ReturnType<typeof parse>,
  first: string,
  rest: AsyncIterator<string>,
): Promise<void> {
  try {
    for (let chunk: IteratorResult<string> = { value: first }; !chunk.done; chunk = await rest.next()) {
      if (!parser.write(chunk.value))
        await new Promise((resolve) => parser.once('drain', resolve).once('close', resolve));
      if (parser.destroyed) break;
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  } finally {
    await rest.return?.();
  }
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
  const line = text.split('\n', 1)[0]?.replace(/"[^"]*"/g, '') ?? '';
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

function rowOf(columns: readonly string[], record: readonly string[], lastLine: number): CsvRow {
  const values = Object.fromEntries(columns.map((column, index) => [column, record[index] ?? '']));
  const inside = record.reduce((sum, value) => sum + value.split('\n').length - 1, 0);
  const surplus = record.slice(columns.length).filter((value) => value !== '').length;
  return { line: lastLine - inside, values, surplus };
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
