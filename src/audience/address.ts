import { domainToASCII } from 'node:url';
import validator from 'validator/lib/isEmail.js';

const isEmail = validator.default;

export type AddressProblem = 'no_address' | 'invalid_address' | 'non_ascii_local_part';

export interface Address {
  /** As used for sending: the local part as written, the domain in Punycode. */
  readonly address: string;
  /** For comparison: lowercase. */
  readonly key: string;
}

/**
 * Reads an address of the list.
 * The local part must be ASCII: neither SES nor most servers support SMTPUTF8 (RFC 6531). RFC 5321 section 4.5.3.1
 * limits the local part to 64 octets and the path to 256.
 */
export function parseAddress(text: string): Address | { readonly problem: AddressProblem } {
  const trimmed = trimInvisible(text);
  if (trimmed === '') return { problem: 'no_address' };
  const at = trimmed.lastIndexOf('@');
  const local = unquoted(trimmed.slice(0, at));
  const written = trimmed.slice(at + 1);
  // domainToASCII parses its argument like a URL: it stops at a slash and drops tabs and newlines.
  if (at < 1 || /[\p{Cc}\s<>]/u.test(trimmed) || /[^\p{L}\p{N}\p{M}.-]/u.test(written)) {
    return { problem: 'invalid_address' };
  }
  const domain = domainOf(written);
  if (/[^\p{ASCII}]/u.test(local)) return { problem: 'non_ascii_local_part' };
  const address = `${local}@${domain}`;
  const valid = domain !== '' && address.length <= 254 && isLocalPart(local);
  return valid ? { address, key: address.toLowerCase() } : { problem: 'invalid_address' };
}

const INVISIBLE = /[\s\p{Cf}]/u;

/** A text without spaces and invisible characters, such as U+200B, at its ends. */
export function trimInvisible(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && INVISIBLE.test(text[start] ?? '')) start += 1;
  while (end > start && INVISIBLE.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

/** A text with a name in place of each invisible character, for messages. */
export function withNamedInvisible(text: string): string {
  return text.replace(/[\p{Cf}\u00a0]/gu, (one) => `<U+${codeOf(one)}>`);
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** Removes quotes without a meaning: the address is the same without them (RFC 5321 section 4.1.2). */
function unquoted(local: string): string {
  return /^"([a-z0-9]+(?:[._+-][a-z0-9]+)*)"$/i.exec(local)?.[1] ?? local;
}

/** A cache: large lists have few different domains, and checking each domain takes time. */
const domains = new Map<string, string>();
const MAX_DOMAINS = 10_000;

/** The domain in Punycode; empty when it is invalid. */
function domainOf(written: string): string {
  const known = domains.get(written);
  if (known !== undefined) return known;
  const ascii = domainToASCII(written);
  const domain = isEmail(`a@${ascii}`) ? ascii : '';
  if (domains.size < MAX_DOMAINS) domains.set(written, domain);
  return domain;
}

/** A fast check accepts simple local parts, which are nearly all: RFC 5321 section 4.1.2, Dot-string. */
function isLocalPart(local: string): boolean {
  if (local.length <= 64 && /^[a-z0-9]+(?:[._+-][a-z0-9]+)*$/i.test(local)) return true;
  return isEmail(`${local}@example.com`, { allow_utf8_local_part: false });
}
