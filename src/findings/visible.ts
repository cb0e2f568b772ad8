/**
 * A text that came from outside, as one line that a terminal or a log shows and does nothing else with: no escape
 * sequence, no line of its own.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
