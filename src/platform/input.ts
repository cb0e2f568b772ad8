import { usageError } from '../findings/error.js';

/** A stream of bytes, such as `process.stdin`; one that cannot be read is empty. */
export type InputStream = Partial<AsyncIterable<Uint8Array | string>>;

const MAX_BYTES = 1024 * 1024;

/** Reads a stream of UTF-8 to its end. @throws ObnError (usage) when it is longer than 1 MiB. */
export async function readInput(stream: InputStream): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream[Symbol.asyncIterator]
    ? (stream as AsyncIterable<Uint8Array | string>)
    : []) {
    pieces.push(Buffer.from(piece as Uint8Array));
    size += piece.length;
    if (size > MAX_BYTES) throw usageError('the standard input is longer than 1 MiB');
  }
  return Buffer.concat(pieces).toString();
}
