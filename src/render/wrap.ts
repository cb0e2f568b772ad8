import { createRequire } from 'node:module';
import { eastAsianWidth } from 'get-east-asian-width';
import { lettersOf, linePieces } from './segments.js';

const require = createRequire(import.meta.url);

/** Columns of the plain text; RFC 5322 section 2.1.1 recommends lines of at most 78 characters. */
export const TEXT_WIDTH = 72;

/** Holds two words on one line while a text is wrapped; a space in the end. */
export const GLUE = '\u00a0';

/**
 * Breaks a paragraph into lines of at most `width` columns, at its spaces, and between words of the languages that
 * have no spaces. A word longer than that has a line to itself. Spaces that do not break become spaces once they have done their
 * work.
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

/** Scripts that are written without spaces, with their punctuation. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff65]/u;

/** By UAX #14, which knows what may not stand at the beginning or the end of a line. */
interface LineBreaker {
  nextBreak(): { readonly position: number } | null;
}

/** The parts of a word between which a line may end. */
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

/** How many columns a line takes where every letter is as wide as the next: emoji and East Asian letters take two. */
export function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let sum = 0;
  for (const segment of lettersOf(text)) {
    const first = segment.codePointAt(0) ?? 0;
    sum += EMOJI.test(segment) ? 2 : eastAsianWidth(first);
  }
  return sum;
}

/** Puts `prefix` before every line that is not empty, and `first` before the first one. */
export function indent(text: string, prefix: string, first = prefix): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : prefix}${line}`.trimEnd())
    .join('\n');
}

/** The largest of any number of numbers; as arguments of a function, too many of them overflow the stack. */
export function largest(numbers: Iterable<number>, least = 0): number {
  let found = least;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}
