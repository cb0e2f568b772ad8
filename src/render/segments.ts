/** Scripts that need a dictionary to find word boundaries. */
const SPACELESS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/**
 * Characters of these scripts that belong to the preceding word: repetition, abbreviation, end of a sentence.
 */
const ENDS_WORD = /^[\u0e2f\u0e46\u0e5a\u0e5b\u0eaf\u0ec6\u104a\u104b\u17d4-\u17d7]/u;
const BEGINS_WORD = /^[\p{L}\p{N}]/u;
const OPENS = /[\p{Ps}\p{Pi}]$/u;

let segmenter: Intl.Segmenter | undefined;

/** The segmenter has dictionaries for all these scripts, whatever its language. */
function wordSegmenter(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('th', { granularity: 'word' });
  return segmenter;
}

/** Whether a text contains Thai, Lao, Khmer or Burmese, which have no spaces between words. */
function isSpaceless(text: string): boolean {
  return SPACELESS.test(text);
}

/** Pieces of a text without spaces between which lines may break. */
export function linePieces(text: string): string[] {
  if (!isSpaceless(text)) return [text];
  const pieces: string[] = [];
  for (const { segment } of segmentsIn(text, wordSegmenter())) {
    const before = pieces.at(-1);
    const begins = SPACELESS.test(segment) && BEGINS_WORD.test(segment) && !ENDS_WORD.test(segment);
    const mayBreak = begins && before !== undefined && SPACELESS.test(before) && !OPENS.test(before);
    if (before === undefined || mayBreak) pieces.push(segment);
    else pieces[pieces.length - 1] = before + segment;
  }
  return pieces;
}

/** Number of words. */
export function countWords(text: string): number {
  let count = 0;
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    count += isSpaceless(word) ? wordsWithin(word) : 1;
  }
  return count;
}

function wordsWithin(text: string): number {
  let count = 0;
  for (const { isWordLike } of segmentsIn(text, wordSegmenter())) if (isWordLike) count += 1;
  return count;
}

let letters: Intl.Segmenter | undefined;

/** Grapheme clusters: letters with accents and vowel signs, or whole emoji. */
export function lettersOf(text: string): string[] {
  letters ??= new Intl.Segmenter();
  return Array.from(segmentsIn(text, letters), ({ segment }) => segment);
}

/** Longer than any word, in code units. */
const PIECE = 1_000;

/**
 * Segments of a text. Long texts are segmented in pieces, because the segmenter takes quadratic time. Each
 * piece begins where the last complete segment ended.
 */
function* segmentsIn(text: string, segmenter: Intl.Segmenter): Generator<Intl.SegmentData> {
  let start = 0;
  while (start < text.length) {
    const end = start + PIECE + (isPair(text, start + PIECE) ? 1 : 0);
    const found = [...segmenter.segment(text.slice(start, end))];
    if (end < text.length && found.length > 1) found.pop();
    yield* found;
    start += found.reduce((sum, { segment }) => sum + segment.length, 0);
  }
}

/** Whether a cut at an offset would split a code point. */
function isPair(text: string, offset: number): boolean {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}
