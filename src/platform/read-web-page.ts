import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { answerOf, requestWeb, type WebAnswer, type WebOptions } from './web.js';

export interface WebPageOptions extends Omit<WebOptions, 'method' | 'body'> {
  /** Later bytes are not read. */
  readonly maxBytes: number;
  /** Whether the body of this answer is wanted. */
  wants(answer: WebAnswer): boolean;
}

export interface WebPage extends WebAnswer {
  /** The body without its content encoding; empty if it is not wanted. */
  readonly bytes: Uint8Array;
  /** Whether the body ended before `maxBytes`. */
  readonly isWhole: boolean;
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Gets the start of a page, decompressed, without following redirects.
 * @throws WebError when there is no answer, or not all of it in time.
 */
export function readWebPage(url: URL, { maxBytes, wants, ...options }: WebPageOptions): Promise<WebPage> {
  return requestWeb(url, { ...options, method: 'GET' }, async (response) => {
    const answer = answerOf(response);
    if (!wants(answer)) return { ...answer, bytes: new Uint8Array(), isWhole: true };
    const { bytes, isWhole } = await readStart(decoded(response), maxBytes);
    return { ...answer, bytes, isWhole };
  });
}

function decoded(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]?.() : undefined;
  // The reader of the decoder gets the error.
  return decoder ? pipeline(response, decoder, () => undefined) : response;
}

async function readStart(stream: Readable, maxBytes: number): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > maxBytes) return { bytes: Buffer.concat(pieces).subarray(0, maxBytes), isWhole: false };
  }
  return { bytes: Buffer.concat(pieces), isWhole: true };
}
