import { eastAsianWidth } from 'get-east-asian-width';

/** Columns of the plain text; RFC 5322 section 2.1.1 recommends lines of at most 78 characters. */
export const TEXT_WIDTH = 72;

/** Holds two words on one line while a text is wrapped; a space in the end. */
export const GLUE = '\u00a0';

/**
 * Breaks a paragraph into lines of at most `width` columns; a word longer than that has a line to itself. Spaces that
 * do not break become spaces once they have done their work.
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
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

const graphemes = new Intl.Segmenter();
const EMOJI = /^(\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}{2})/u;

/** How many columns a line takes where every letter is as wide as the next: emoji and East Asian letters take two. */
export function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let sum = 0;
  for (const { segment } of graphemes.segment(text)) {
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
