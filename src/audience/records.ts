import { ObnError } from '../findings/error.js';
import { readChunks, readHead } from '../platform/files.js';
import {
  isEmpty,
  linesWithin,
  type Parser,
  parseChunk,
  parseError,
  parserFor,
  refuseConflict,
} from './csv.js';
import { decode, type Encoding, encodingOf, sniffDelimiter } from './csv-text.js';

/** A record of a CSV file, with the text that it is made of. */
export interface RawRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** With the end of its line; all of them together are the file, without its byte order mark. */
  readonly raw: string;
  readonly cells: readonly string[];
  /** Whether it is a line with nothing on it. */
  readonly empty: boolean;
}

/** How a CSV file is written. */
export interface CsvForm {
  readonly delimiter: string;
  readonly newline: string;
  readonly encoding: Encoding;
  readonly mark: boolean;
}

const BYTES_OF_FORM = 64 * 1024;

/** How a list is written; the usual way where there is none. */
export async function formOf(path: string): Promise<CsvForm> {
  const { head } = (await readHead(path, BYTES_OF_FORM)) ?? { head: Buffer.alloc(0) };
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head);
  const mark = encoding !== 'utf-8' || (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf);
  const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  return { delimiter: sniffDelimiter(text), newline, encoding, mark };
}

/**
 * Streams the records of a CSV file, many at a time, with the text of each as it stands there.
 * @param onBytes called with the length of each piece that was read
 * @throws ObnError when it cannot be read, or a quote is never closed.
 */
export async function* readRecords(
  path: string,
  name: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<RawRecord[]> {
  let parser: Parser | undefined;
  let line = 1;
  let start = 0;
  let pending = Buffer.alloc(0);
  const take = ({ record, info }: Parsed): RawRecord => {
    refuseConflict(record, line, name);
    const bytes = info.bytes - start;
    const raw = pending.toString('utf8', 0, bytes);
    pending = pending.subarray(bytes);
    start = info.bytes;
    const found = { line, raw, cells: record, empty: isEmpty(record) };
    line += 1 + linesWithin(record);
    return found;
  };
  try {
    for await (const text of decode(counted(readChunks(path), onBytes), name)) {
      parser ??= parserFor(text, name, { record_delimiter: ['\r\n', '\n', '\r'], info: true });
      const chunk = Buffer.from(text);
      pending = Buffer.concat([pending, chunk]);
      yield (await parseChunk<Parsed>(parser, chunk)).map(take);
    }
    parser?.end();
    if (parser) yield ((await parser.toArray()) as Parsed[]).map(take);
  } catch (error) {
    throw error instanceof ObnError ? error : parseError(error, name);
  } finally {
    parser?.destroy();
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly bytes: number };
}

async function* counted(chunks: AsyncIterable<Buffer>, onBytes?: (bytes: number) => void) {
  for await (const chunk of chunks) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}

/** A record as text, each value quoted where it has to be. */
export function recordText(
  cells: readonly string[],
  { delimiter, newline }: Pick<CsvForm, 'delimiter' | 'newline'>,
): string {
  return cells.map((cell) => quoted(cell, delimiter)).join(delimiter) + newline;
}

function quoted(cell: string, delimiter: string): string {
  const plain = !cell.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** The bytes of a text in the encoding of the file. */
export async function* encode(text: AsyncIterable<string>, form: CsvForm): AsyncGenerator<Uint8Array> {
  if (form.mark) yield bytesOf('\ufeff', form);
  for await (const piece of text) yield bytesOf(piece, form);
}

function bytesOf(text: string, { encoding }: CsvForm): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text);
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}
