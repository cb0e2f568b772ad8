import { encodeWord, foldLines, isPlainText, quoteString } from 'nodemailer/lib/mime-funcs';
import { oneLine } from '../render/fill.js';
import { lettersOf } from '../render/segments.js';

/** A name longer than this is cut: it is only for show, and a header line has at most 998 octets. */
const MAX_NAME = 120;
/** RFC 2047 section 2: an encoded word has at most 75 characters. */
const MAX_WORD = 52;

/** A header field that people read, with non-ASCII text as encoded words (RFC 2047), folded at 76 columns. */
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
 * A mailbox as header fields have it, the name as a quoted string or as encoded words.
 * @throws RangeError for an address that is not ASCII or could end early.
 */
export function mailbox(name: string, email: string): string {
  if (!/^[!-;=?-~]+$/.test(email)) throw new RangeError('this address cannot stand in a header');
  const shown = cut(spaced(name));
  if (shown === '') return email;
  const plain = isPlainText(shown) && !shown.includes('=?') && !/\S{60}/.test(shown);
  return `${plain ? quoteString(shown) : encodeWord(shown, 'B', MAX_WORD)} <${email}>`;
}

function cut(name: string): string {
  return name.length > MAX_NAME ? lettersOf(name).slice(0, MAX_NAME).join('').trim() : name;
}

/**
 * A header field that machines read: one line, as it is.
 * @throws RangeError when the value could be anything but one line of ASCII (RFC 5322 section 2.1.1).
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

/** One line with single spaces; folding could part a run of them, and leave a line that is empty. */
function spaced(value: string): string {
  return oneLine(value).replace(/\s+/g, ' ').trim();
}
