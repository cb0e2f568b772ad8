import type { Path } from '../document/document.js';

/** A place in a text of the author. */
export interface SourceOffset {
  /** From its first letter that is no white space. */
  readonly offset: number;
  /** The snippet in which it is; the offset is where that is included. */
  readonly snippet?: string;
}

/** A place in a field of the issue. */
export interface SourceLocation extends SourceOffset {
  readonly path: Path;
}
