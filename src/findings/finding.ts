/** An `info` says what obn did. It fails no check. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a text file; line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A problem in what the author wrote, with its position and how to fix it. */
export interface Finding extends Position {
  readonly file: string;
  readonly severity: Severity;
  /** Stable name of the rule, such as `schema/unknown-key`. */
  readonly rule: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The line of the file, shown below the message. */
  readonly excerpt?: string;
}

export function compareFindings(a: Finding, b: Finding): number {
  return a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
}

/** How findings stand in JSON. */
export function findingDocument({ file, line, column, severity, rule, message, hint }: Finding) {
  return { file, line, column, severity, rule, message, ...(hint === undefined ? {} : { hint }) };
}
