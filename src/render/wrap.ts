import { createRequire } from 'node:module';
import { eastAsianWidth } from 'get-east-asian-width';
import { lettersOf, linePieces } from './segments.js';

const require = createRequire(import.meta.url);

/** Columns of plain text. RFC 5322 section 2.1.1 recommends lines of at most 78 characters. */
export const TEXT_WIDTH = 72;

/** Keeps two words on one line during wrapping, and becomes a space afterwards. */
export const GLUE = '\u00a0';

/**
 * Wraps a paragraph at `width` columns, at spaces, and between words of languages without spaces. A longer
 * word gets its own line. Non-breaking spaces become spaces afterwards.
 */
export function wrap(text: string, width = TEXT_WIDTH): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n')
    .replaceAll(GLUE, ' ');
}

function wrapLine(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ').filter((part) => part !== '')) {
    for (const [index, piece] of piecesOf(word).entries()) {
      const space = line === '' || index > 0 ? '' : ' ';
      const more = columns(piece);
      if (line !== '' && used + space.length + more > width) {
        lines.push(line);
        line = piece;
        used = more;
      } else {
        line += space + piece;
        used += space.length + more;
      }
    }
  }
  return [...lines, line].join('\n');
}

/** Scripts without spaces, with their punctuation. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff65]/u;

/** Line breaking by UAX #14, which forbids some characters at the start or end of a line. */
interface LineBreaker {
  nextBreak(): { readonly position: number } | null;
}

/** Pieces of a word between which a line may break. */
function piecesOf(word: string): string[] {
  return eastAsianPieces(word).flatMap(linePieces);
}

function eastAsianPieces(word: string): string[] {
  if (!UNSPACED.test(word)) return [word];
  const Breaker = require('linebreak') as new (text: string) => LineBreaker;
  const breaker = new Breaker(word);
  const pieces: string[] = [];
  let start = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const { position } = next;
    const around = word.slice(Math.max(start, position - 2), position + 2);
    if (position < word.length && !UNSPACED.test(around)) continue;
    pieces.push(word.slice(start, position));
    start = position;
  }
  return pieces;
}

const EMOJI = /^(\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}{2})/u;

/** Width of a line in monospaced columns. Emoji and East Asian characters take two. */
export function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let sum = 0;
  for (const segment of lettersOf(text)) {
    const first = segment.codePointAt(0) ?? 0;
    sum += EMOJI.test(segment) ? 2 : eastAsianWidth(first);
  }
  return sum;
}

/** Prefixes every non-empty line with `prefix`, and the first line with `first`. */
export function indent(text: string, prefix: string, first = prefix): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : prefix}${line}`.trimEnd())
    .join('\n');
}

/** Maximum of any number of values. As arguments of Math.max, too many would overflow the stack. */
export function largest(numbers: Iterable<number>, least = 0): number {
  let found = least;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}
