/** A YAML text that the parser rejects, and the place of the error. */
export interface Broken {
  readonly lines: readonly string[];
  /** The first line that the parser rejects, from 0. */
  readonly line: number;
  /** The parser's code for the error. */
  readonly code: string;
  /** Whether a line is text that follows `|`, `>` or an open quote, and so has no keys. */
  isText(line: number): boolean;
}

/** What an author most likely did, and how to correct it. */
export interface Explanation {
  /** The line that has to change, from 0. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  readonly message: string;
  /** What to do; the corrected line is added. */
  readonly hint: string;
  /** Possible corrections of the line, the most likely first; the first that makes the text valid is shown. */
  readonly corrections: readonly string[];
}

/** One way in which a text is not the YAML that its author meant. */
export interface Cause {
  readonly name: string;
  /** Lines of an issue that are rejected for this cause, and the corrected first line. */
  readonly examples: readonly (readonly [bad: string, corrected: string])[];
  explain(broken: Broken): Explanation | undefined;
}

/** The line at which the parser stopped and the one before it, which may be the cause; no lines of text. */
export function nearLines({ lines, line, isText }: Broken): number[] {
  let before = line - 1;
  while (before >= 0 && lines[before]?.trim() === '') before -= 1;
  return [line, before].filter((index) => index >= 0 && !isText(index));
}
