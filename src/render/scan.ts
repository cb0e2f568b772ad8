/**
 * Finds the opening bracket of a link whose `](` begins at an offset.
 * @returns its offset and number of preceding backslashes; undefined if another bracket comes first, or none
 */
export function openingBracket(
  text: string,
  close: number,
): { offset: number; backslashes: number } | undefined {
  let at = close - 1;
  while (at >= 0 && text[at] !== '[' && text[at] !== ']') at -= 1;
  if (text[at] !== '[') return undefined;
  return { offset: at, backslashes: at - backwards(text, at, (letter) => letter === '\\') };
}

const SCHEME = /[a-z0-9+.-]/i;

/** Start of the URL scheme that ends before an offset. */
export function schemeStart(text: string, end: number): number {
  return backwards(text, end, (letter) => SCHEME.test(letter));
}

/** End of a text without some trailing characters. */
export function endOf(text: string, characters: string): number {
  return backwards(text, text.length, (letter) => characters.includes(letter));
}

/** Scans backwards, because a regular expression that ends in `$` takes quadratic time. */
function backwards(text: string, end: number, matches: (letter: string) => boolean): number {
  let start = end;
  while (start > 0 && matches(text[start - 1] ?? '')) start -= 1;
  return start;
}
