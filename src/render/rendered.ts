import type { Outline } from './outline.js';
import type { Slotted } from './slots.js';
import type { TextFindings } from './text-findings.js';

/** A stretch of the HTML of the mail; one behind the other they are all of it. */
export interface HtmlPart {
  /** The type of the section, or what the layout is made of: `head and styles`, `masthead`, `footer`. */
  readonly name: string;
  /** The index of the section in the issue; undefined for a part of the layout. */
  readonly section?: number;
  /** Heading or name of the section, as the author wrote it. */
  readonly title?: string;
  readonly html: Slotted;
}

/** An issue in every form; merge slots are still in the parts that a mail is made of. */
export interface RenderedIssue {
  readonly number: number;
  readonly subject: Slotted;
  readonly html: Slotted;
  /** The same HTML once more, cut up into its sections. */
  readonly parts: readonly HtmlPart[];
  readonly text: Slotted;
  /** The text of each section by itself. */
  readonly textParts: readonly Slotted[];
  /** The MJML that the HTML was made from, merge fields as the author wrote them. */
  readonly mjml: string;
  /** The page for the archive: nothing personal, merge fields show their fallbacks. */
  readonly web: string;
  /** Its merge fields that stand for a column of the list. */
  readonly uses: TextFindings['uses'];
  /** What its sections link to and show. */
  readonly outline: Outline;
  /** Its merge fields that cannot be filled. */
  readonly problems: TextFindings['problems'];
}
