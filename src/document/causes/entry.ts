/** A line of the form `key: value`, `- value` or `- key: value`. */
export interface Entry {
  /** Everything before the value. */
  readonly head: string;
  readonly key: string | undefined;
  /** Without the spaces around it, but with a comment after it. */
  readonly value: string;
}

const ENTRY = /^(\s*(?:-\s+)*)(?:([^\s"'#&*!|>%@`[\]{},][^:#]*?|"[^"]*"|'[^']*')\s*:(?=\s|$))?[ \t]*/;

/** Nobody writes longer lines. */
const MAX_LINE = 10_000;

/** Parses a line; undefined when it is empty, a comment, or has neither a key nor a dash. */
export function entryOf(line: string): Entry | undefined {
  if (line.length > MAX_LINE) return undefined;
  const [head = '', dashes = '', key] = ENTRY.exec(line) ?? [];
  if (key === undefined && dashes.trim() === '') return undefined;
  return { head, key, value: line.slice(head.length).replace(/[ \t\r]+$/, '') };
}

/** A text as a YAML scalar, in the quotes that need the fewest escapes. */
export function quoted(text: string): string {
  if (!/["\\]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "''")}'`;
}

/** The line with another value; a key without a space after its colon gets one. */
export function withValue({ head }: Entry, value: string): string {
  return `${/[:-]$/.test(head) ? `${head} ` : head}${value}`;
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The text between the quotes of a value, and what follows; undefined when the quote is never closed. */
export function quotedPart(value: string): { inner: string; rest: string } | undefined {
  const match = /^"((?:[^"\\]|\\.)*)"(.*)$/.exec(value) ?? /^'((?:[^']|'')*)'(?!')(.*)$/.exec(value);
  return match ? { inner: match[1] ?? '', rest: match[2] ?? '' } : undefined;
}
