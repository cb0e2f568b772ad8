import type { OptOut } from '../duplicates.js';

/** What an export says of somebody. */
export type ImportStatus = 'subscribed' | 'pending' | OptOut;

/** A row of an export by the names that its header gives, in small letters. */
export type ExportRow = Readonly<Record<string, string>>;

/** How a platform writes its exports. */
export interface ExportFormat {
  readonly name: string;
  /** Columns that all have to be there. */
  readonly marks: readonly string[];
  /** Columns of which one has to be there. */
  readonly oneOf?: readonly string[];
  /**
   * What becomes of a column: the name that it has in the list, or null when it is left out. `name` stands for a whole
   * name, `json` for an object whose keys become columns. Others keep their names.
   */
  readonly columns: Readonly<Record<string, string | null>>;
  /** What a row says of its owner; undefined: it says nothing that is known, and is refused. */
  status(row: ExportRow, file: string): ImportStatus | undefined;
}

/** Columns of which the names end so. */
export function dropped(...names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** What the word of a platform means. */
export function meaning(
  word: string | undefined,
  meanings: Readonly<Record<string, ImportStatus>>,
): ImportStatus | undefined {
  const known = (word ?? '').trim().toLowerCase();
  return Object.hasOwn(meanings, known) ? meanings[known] : undefined;
}
