/** A line of the form `key: value`, `- value` or `- key: value`. */
export interface Entry {
  /** Everything before the value. */
  readonly head: string;
  readonly key: string | undefined;
  /** Without the spaces around it; a comment behind it is part of it. */
  readonly value: string;
}

const ENTRY = /^(\s*(?:-\s+)*)(?:([^\s"'#&*!|>%@`[\]{},][^:#]*?|"[^"]*"|'[^']*')\s*:(?=\s|$))?[ \t]*/;

/** A longer line is no line of a file that a person wrote. */
const MAX_LINE = 10_000;

/** Takes a line apart; undefined when it is empty, a comment, or has neither a key nor a dash. */
export function entryOf(line: string): Entry | undefined {
  if (line.length > MAX_LINE) return undefined;
  const [head = '', dashes = '', key] = ENTRY.exec(line) ?? [];
  if (key === undefined && dashes.trim() === '') return undefined;
  return { head, key, value: line.slice(head.length).replace(/[ \t\r]+$/, '') };
}

/** A text as a YAML scalar in quotes that need the fewest changes to it. */
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

/** The text between the first quote of a value and the one that closes it, and what follows; undefined: none does. */
export function quotedPart(value: string): { inner: string; rest: string } | undefined {
  const match = /^"((?:[^"\\]|\\.)*)"(.*)$/.exec(value) ?? /^'((?:[^']|'')*)'(?!')(.*)$/.exec(value);
  return match ? { inner: match[1] ?? '', rest: match[2] ?? '' } : undefined;
}
