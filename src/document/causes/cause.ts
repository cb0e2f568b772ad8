/** A YAML text that the parser refuses, and where. */
export interface Broken {
  readonly lines: readonly string[];
  /** The first line that the parser refuses, from 0. */
  readonly line: number;
  /** What the parser calls it. */
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
  /** What to do, without the corrected line. */
  readonly hint: string;
  /** What the line may be instead, the most likely first; the first with which the text can be read is shown. */
  readonly corrections: readonly string[];
}

/** One way in which an author's text is not the YAML that was meant. */
export interface Cause {
  readonly name: string;
  /** Lines of an issue that are refused for this cause, and the first of them as it is right. */
  readonly examples: readonly (readonly [bad: string, corrected: string])[];
  explain(broken: Broken): Explanation | undefined;
}

/** The line at which the parser stopped and the one before it, which may have caused it; never text. */
export function nearLines({ lines, line, isText }: Broken): number[] {
  let before = line - 1;
  while (before >= 0 && lines[before]?.trim() === '') before -= 1;
  return [line, before].filter((index) => index >= 0 && !isText(index));
}
