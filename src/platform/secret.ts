import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random secret of characters that need no escaping in URLs and cookies. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares two secrets in constant time, whatever their content and length. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
