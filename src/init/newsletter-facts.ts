import { basename } from 'node:path';
import { type NewsletterFacts, problemOf } from '../config/starter.js';
import { usageError } from '../findings/error.js';

const ANYBODY: NewsletterFacts = { name: 'N', from: { name: 'N', email: 'n@example.com' } };

/** The default sender of a newsletter. */
export const PLACEHOLDER_SENDER = 'Your Name <you@your-domain.example>';

/** The default name of a newsletter in a folder, such as `My News` for `my-news`. */
export function nameOfFolder(path: string): string {
  return basename(path)
    .replace(/[-_]+/g, ' ')
    .replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());
}

/**
 * Reads the name of a newsletter.
 * @param flag the option that the text comes from @throws ObnError (usage) for a name that obn.yaml cannot contain
 */
export function newsletterName(text: string, flag: string): string {
  const name = text.trim();
  refuse(flag, text, problemOf({ ...ANYBODY, name }));
  return name;
}

/** A name with or without quotes. In quotes, a backslash escapes the next character (RFC 5322 3.2.4). */
const MAILBOX = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<>]*?))\s*<([^<>]*)>\s*$/su;

/**
 * Reads the sender of a newsletter, such as `Jane Doe <jane@example.com>`.
 * @param flag the option that the text comes from @throws ObnError (usage) for a text that is not a mailbox with a name
 */
export function newsletterSender(text: string, flag: string): NewsletterFacts['from'] {
  const [, quoted, bare, address] = MAILBOX.exec(text) ?? [];
  const name = (quoted?.replace(/\\(.)/gsu, '$1') ?? bare ?? '').trim();
  if (address === undefined || name === '') {
    throw usageError(
      `a sender must have the form "Jane Doe <jane@example.com>", not ${JSON.stringify(text)}`,
    );
  }
  const from = { name, email: address.trim() };
  refuse(flag, text, problemOf({ ...ANYBODY, from }));
  return from;
}

function refuse(flag: string, text: string, problem: string | undefined): void {
  if (problem !== undefined) throw usageError(`${flag} ${JSON.stringify(text)}: ${problem}`);
}
