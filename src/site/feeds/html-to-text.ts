import { countWords } from '../../render/segments.js';

const TAGS = /<!--[\s\S]*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>/g;
/** Inline elements, which do not separate words. */
const INLINE =
  /<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|em|i|ins|kbd|mark|q|s|small|strong|sub|sup|time|u|wbr)\b(?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The text of HTML on one line. */
export function wordsOf(html: string): string {
  return html
    .replace(INLINE, '')
    .replace(TAGS, ' ')
    .replace(
      /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
      (entity, decimal, hexadecimal, name: string | undefined) => {
        if (name !== undefined) return NAMED[name] ?? entity;
        const code = Number.parseInt(decimal ?? hexadecimal, decimal === undefined ? 16 : 10);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
      },
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Brysbaert (2019): adults read about 238 English words per minute, or about 500 Chinese or Japanese
 * characters.
 */
const WORDS_A_MINUTE = 238;
const LETTERS_A_MINUTE = 500;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/g;

/** Reading time of a text in minutes, at least one. */
export function minutesToRead(text: string): number {
  const letters = text.match(UNSPACED)?.length ?? 0;
  const words = countWords(letters === 0 ? text : text.replace(UNSPACED, ' '));
  return Math.max(1, Math.round(words / WORDS_A_MINUTE + letters / LETTERS_A_MINUTE));
}
