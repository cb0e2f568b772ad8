/** An `info` says what obn has done. It fails no check. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a text file; line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something that is wrong with what the author wrote, where, and how to mend it. */
export interface Finding extends Position {
  readonly file: string;
  readonly severity: Severity;
  /** Stable name of the rule that found it, such as `schema/unknown-key`. */
  readonly rule: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The line of the file that it is about, to be shown under the message. */
  readonly excerpt?: string;
}

export function compareFindings(a: Finding, b: Finding): number {
  return a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
}

/** How findings stand in JSON. */
export function findingDocument({ file, line, column, severity, rule, message, hint }: Finding) {
  return { file, line, column, severity, rule, message, ...(hint === undefined ? {} : { hint }) };
}
