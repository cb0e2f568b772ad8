import { createHash } from 'node:crypto';

/** Enough characters for unique digests in one site. */
const LENGTH = 24;

/** Digest of bytes, text and data. */
export function digestOf(...parts: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part instanceof Uint8Array ? part : typeof part === 'string' ? part : json(part));
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, LENGTH);
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
