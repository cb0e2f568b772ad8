import { createHash } from 'node:crypto';

/** So many letters of a digest tell everything apart that one site will ever hold. */
const LENGTH = 24;

/** A digest of bytes, texts and data. */
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
