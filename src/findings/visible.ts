/**
 * External text as one line that is safe to print in a terminal or a log: without escape sequences and line breaks.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
