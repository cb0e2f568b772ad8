import type { Path } from '../document/document.js';
import type { Field, MergeProblem } from './merge.js';
import type { Outline } from './outline.js';
import type { Slotted } from './slots.js';

/** A merge field of the issue and where it stands. */
export interface FieldUse {
  readonly path: Path;
  readonly source: string;
  readonly field: Field;
}

/** An issue in every form; merge slots are still in the parts that a mail is made of. */
export interface RenderedIssue {
  readonly number: number;
  readonly subject: Slotted;
  readonly html: Slotted;
  readonly text: Slotted;
  /** The MJML that the HTML was made from, merge fields as the author wrote them. */
  readonly mjml: string;
  /** The page for the archive: nothing personal, merge fields show their fallbacks. */
  readonly web: string;
  readonly uses: readonly FieldUse[];
  /** What its sections link to and show. */
  readonly outline: Outline;
  readonly problems: readonly (MergeProblem & { readonly path: Path })[];
}
