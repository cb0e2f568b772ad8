import { configurationError } from '../findings/error.js';
import { namedDelimiter } from './csv-scan.js';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * The text of a list. Excel writes UTF-8 with a byte order mark, or UTF-16 as "Unicode text".
 * @throws ObnError for bytes in another encoding
 */
export async function* decode(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let lines = 1;
  const read = (chunk?: Buffer) => {
    try {
      const text = decoder?.decode(chunk, { stream: chunk !== undefined }) ?? '';
      lines += text.split(/\r\n?|\n/).length - 1;
      return text;
    } catch (cause) {
      const hint = 'export the list as "CSV UTF-8"';
      throw configurationError(`${name} is not UTF-8 text (from line ${lines})`, { hint, cause });
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

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding according to the byte order mark, or UTF-8. */
export function encodingOf(chunk: Buffer): Encoding {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** The delimiter that the first line names, as in `sep=;`, or the most frequent one outside of quotes. */
export function sniffDelimiter(text: string): string {
  const line = text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const named = namedDelimiter(line);
  if (named !== undefined) return named;
  const plain = line.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => plain.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
