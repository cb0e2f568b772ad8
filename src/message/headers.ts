import { encodeWord, foldLines, isPlainText, quoteString } from 'nodemailer/lib/mime-funcs';
import { oneLine } from '../render/fill.js';
import { lettersOf } from '../render/segments.js';

/** Longer display names are cut, because a header line has at most 998 octets. */
const MAX_NAME = 120;
/** RFC 2047 section 2: an encoded word has at most 75 characters. */
const MAX_WORD = 52;

/** A text header field, with non-ASCII text as encoded words (RFC 2047), folded at 76 columns. */
export function textHeader(name: string, value: string): string {
  const line = spaced(value);
  const plain = isPlainText(line) && !line.includes('=?') && !/\S{60}/.test(line);
  return foldLines(`${name}: ${plain ? line : encodeWord(line, 'B', MAX_WORD)}`, 76);
}

/** A header field whose value is in its final form, folded at 76 columns. */
export function foldedHeader(field: string, value: string): string {
  return foldLines(`${field}: ${value}`, 76);
}

/**
 * A mailbox for header fields. The name becomes a quoted string or encoded words.
 * @throws RangeError for an address that is not ASCII or contains delimiters.
 */
export function mailbox(name: string, email: string): string {
  if (!/^[!-;=?-~]+$/.test(email)) throw new RangeError('this address cannot be used in a header');
  const shown = cut(spaced(name));
  if (shown === '') return email;
  const plain = isPlainText(shown) && !shown.includes('=?') && !/\S{60}/.test(shown);
  return `${plain ? quoteString(shown) : encodeWord(shown, 'B', MAX_WORD)} <${email}>`;
}

function cut(name: string): string {
  return name.length > MAX_NAME ? lettersOf(name).slice(0, MAX_NAME).join('').trim() : name;
}

/**
 * A structured header field on one line, unchanged.
 * @throws RangeError when the value is not one line of ASCII (RFC 5322 section 2.1.1).
 */
export function exactHeader(name: string, value: string): string {
  const line = `${name}: ${value}`;
  if (!/^[\x20-\x7e]{1,998}$/.test(line)) throw new RangeError(`the header ${name} cannot hold this value`);
  return line;
}

/** RFC 5322 section 3.3, in UTC. */
export function dateHeader(time: number): string {
  return exactHeader('Date', new Date(time).toUTCString().replace('GMT', '+0000'));
}

/** One line with single spaces. Folding could split a run of spaces and leave an empty line. */
function spaced(value: string): string {
  return oneLine(value).replace(/\s+/g, ' ').trim();
}
