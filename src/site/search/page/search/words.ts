// Word splitting, shared by the index builder and the page so that both agree.

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
/** English letters and punctuation. Most texts contain nothing else, and this path is fast. */
const SIMPLE = /^[\0-\x7f\u2010-\u2027]*$/;
const SIMPLE_WORD = /[a-z0-9]+/g;

/**
 * Accents of Latin, Greek and Cyrillic letters, and Hebrew and Arabic vowel points, which many people omit.
 */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u0652\u0670]+/g;

/** Lowercase text without accents. */
export function plainText(text: string): string {
  const small = text.toLowerCase();
  if (SIMPLE.test(small)) return small;
  return small.normalize('NFKD').replace(ACCENTS, '').normalize('NFC');
}

/** Index words of a text. For scripts without spaces, every pair of letters. */
export function wordsOf(text: string): readonly string[] {
  const plain = plainText(text.replace(/['’]/g, ''));
  if (SIMPLE.test(plain)) return plain.match(SIMPLE_WORD) ?? [];
  const words = plain.match(WORD) ?? [];
  return plain.search(UNSPACED) < 0 ? words : words.flatMap(splitUnspaced);
}

function splitUnspaced(word: string): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: run, index } of word.matchAll(UNSPACED)) {
    if (index > end) parts.push(word.slice(end, index));
    end = index + run.length;
    const letters = [...run];
    if (letters.length === 1) parts.push(run);
    for (let at = 0; at + 1 < letters.length; at++) parts.push(`${letters[at]}${letters[at + 1]}`);
  }
  if (end < word.length) parts.push(word.slice(end));
  return parts;
}

/**
 * Scripts from here on have thousands of letters: https://www.unicode.org/charts/, CJK Radicals Supplement.
 */
const MANY_LETTERS = 0x2e80;
const BLOCK_BITS = 5;

/** Index file of a word, by its first two letters. */
export function fileOf(word: string): string {
  const [first = 0, second] = [...word.slice(0, 4)].map((letter) => letter.codePointAt(0) ?? 0);
  if (first >= MANY_LETTERS) return `u${(first >> BLOCK_BITS).toString(16)}`;
  return nameOf(first) + (second === undefined ? '_' : nameOf(second));
}

function nameOf(letter: number): string {
  const sign = String.fromCodePoint(letter);
  return /^[a-z0-9]$/.test(sign) ? sign : `-${letter.toString(16)}`;
}
