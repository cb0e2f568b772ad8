import type { Path } from '../document/document.js';

/** A position in an author's text. */
export interface SourceOffset {
  /** Offset from its first non-space character. */
  readonly offset: number;
  /** Snippet that contains it. The offset is then where the snippet is included. */
  readonly snippet?: string;
}

/** A position in a field of the issue. */
export interface SourceLocation extends SourceOffset {
  readonly path: Path;
}
