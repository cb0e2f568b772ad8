import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Too long to be guessed, in characters that a URL and a cookie take as they are. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in a time that says nothing about where two texts differ, or how long they are. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
