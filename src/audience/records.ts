import { readHead } from '../platform/files.js';
import { type Encoding, encodingOf, sniffDelimiter } from './csv-text.js';

export { scanCsv as readRecords } from './csv.js';
export type { RawRecord } from './csv-scan.js';

/** The format of a CSV file. */
export interface CsvForm {
  readonly delimiter: string;
  readonly newline: string;
  readonly encoding: Encoding;
  readonly mark: boolean;
}

const BYTES_OF_FORM = 64 * 1024;

/** The format of a list; the default format when there is no list. */
export async function formOf(path: string): Promise<CsvForm> {
  const { head } = (await readHead(path, BYTES_OF_FORM)) ?? { head: Buffer.alloc(0) };
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head);
  const mark = encoding !== 'utf-8' || (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf);
  const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  return { delimiter: sniffDelimiter(text), newline, encoding, mark };
}

/** A record as text, with quotes around values that need them. */
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
