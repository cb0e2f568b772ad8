import { createHash } from 'node:crypto';
import { encode, wrap } from 'nodemailer/lib/qp';
import { fillSlot, type Values } from '../render/fill.js';
import type { Slot, Slotted } from '../render/slots.js';

const SOFT_BREAK = '=\r\n';
/** Line width below the limit of 76: an encoded first character adds two, a soft line break one. */
const WIDTH = 73;

/** A leading dot, which SMTP doubles, and a leading "From ", which mbox files change to ">From ". */
const FRAGILE_START = /^(?:\.|F(?=rom ))/gm;
const ENCODED_START: Readonly<Record<string, string>> = { '.': '=2E', F: '=46' };

/** Text whose literal pieces are encoded once. Only the slots are encoded per recipient. */
export type EncodedText = readonly (Buffer | Slot)[];

/**
 * Encodes literal pieces as quoted-printable (RFC 2045 section 6.7). Every piece ends with a soft line break,
 * so that each slot begins on its own line and pieces are never encoded again.
 */
export function encodeText(text: Slotted): EncodedText {
  return text.map((piece) => (typeof piece === 'string' ? Buffer.from(quotedPrintable(piece)) : piece));
}

export function fillEncoded(text: EncodedText, values: Values): (Buffer | string)[] {
  return text.map((piece) => (Buffer.isBuffer(piece) ? piece : quotedPrintable(fillSlot(piece, values))));
}

/** Joins bytes and ASCII text. Copying the pieces costs a tenth of encoding the message again. */
export function joinBytes(pieces: readonly (Buffer | string)[]): Buffer {
  const joined = Buffer.allocUnsafe(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') joined.write(piece, end, 'latin1');
    else joined.set(piece, end);
    end += piece.length;
  }
  return joined;
}

/** Lines of at most 76 characters, none of which begins with a dot or with "From " (RFC 2049 section 3 (8)). */
function quotedPrintable(text: string): string {
  if (text === '') return '';
  if (text.length < 70 && /^[\x21-\x2d\x2f-\x3c\x3e-\x7e][\x21-\x3c\x3e-\x7e]*$/.test(text)) {
    return text + SOFT_BREAK;
  }
  const lines = wrap(encode(text.replace(/\r\n|\r|\n/g, '\r\n')), WIDTH);
  return lines.replace(FRAGILE_START, (start) => ENCODED_START[start] ?? start) + SOFT_BREAK;
}

/** Quoted-printable text never contains `=_`, so no part contains this boundary. */
export function boundaryFor(seed: string): string {
  return `=_obn_${createHash('sha256').update(seed).digest('hex').slice(0, 24)}`;
}

/**
 * Separators of a multipart/alternative body: text, then HTML (RFC 2046, 5.1.4) with its images (RFC 2387).
 * @param images image parts without boundaries
 */
export function frame(
  boundary: string,
  images: readonly string[] = [],
): {
  header: string;
  beforeText: string;
  beforeHtml: string;
  end: string;
} {
  const part = (type: string, within = boundary) =>
    `--${within}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  const header = `MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n`;
  const beforeText = part('text/plain');
  const end = `\r\n--${boundary}--\r\n`;
  if (images.length === 0) return { header, beforeText, beforeHtml: `\r\n${part('text/html')}`, end };
  const related = `${boundary}_r`;
  const type = `Content-Type: multipart/related; type="text/html"; boundary="${related}"`;
  const beforeHtml = `\r\n--${boundary}\r\n${type}\r\n\r\n${part('text/html', related)}`;
  const parts = images.map((image) => `\r\n--${related}\r\n${image}`);
  return { header, beforeText, beforeHtml, end: `${parts.join('')}\r\n--${related}--\r\n${end}` };
}
