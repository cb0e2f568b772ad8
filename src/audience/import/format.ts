import type { OptOut } from '../duplicates.js';

/** The status of a person in an export. */
export type ImportStatus = 'subscribed' | 'pending' | OptOut;

/** A row of an export by column names, in lowercase. */
export type ExportRow = Readonly<Record<string, string>>;

/** The export format of a platform. */
export interface ExportFormat {
  readonly name: string;
  /** Columns that must all be present. */
  readonly marks: readonly string[];
  /** Columns of which at least one must be present. */
  readonly oneOf?: readonly string[];
  /**
   * The name of a column in the list, or null to leave it out. `name` is a full name, `json` an object whose keys
   * become columns. Other columns keep their names.
   */
  readonly columns: Readonly<Record<string, string | null>>;
  /** The status in a row; undefined when it is unknown, and the row is refused. */
  status(row: ExportRow, file: string): ImportStatus | undefined;
}

/** Columns that the import leaves out. */
export function dropped(...names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** The meaning of a platform's word for a status. */
export function meaning(
  word: string | undefined,
  meanings: Readonly<Record<string, ImportStatus>>,
): ImportStatus | undefined {
  const known = (word ?? '').trim().toLowerCase();
  return Object.hasOwn(meanings, known) ? meanings[known] : undefined;
}
