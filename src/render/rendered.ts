import type { Outline } from './outline.js';
import type { Slotted } from './slots.js';
import type { TextFindings } from './text-findings.js';

/** A part of the email HTML. Together, the parts are the whole HTML. */
export interface HtmlPart {
  /** Section type, or a part of the layout: `head and styles`, `masthead`, `footer`. */
  readonly name: string;
  /** Index of the section in the issue; undefined for a part of the layout. */
  readonly section?: number;
  /** Heading or name of the section, as the author wrote it. */
  readonly title?: string;
  readonly html: Slotted;
}

/** An issue in every form. The email forms contain merge slots. */
export interface RenderedIssue {
  readonly number: number;
  readonly subject: Slotted;
  readonly html: Slotted;
  /** The same HTML, split by section. */
  readonly parts: readonly HtmlPart[];
  readonly text: Slotted;
  /** Text of each section. */
  readonly textParts: readonly Slotted[];
  /** MJML source of the HTML, with merge fields as written. */
  readonly mjml: string;
  /** Archive page, with fallback values for merge fields. */
  readonly web: string;
  /** Merge fields that refer to a column of the list. */
  readonly uses: TextFindings['uses'];
  /** Links, images and texts of its sections. */
  readonly outline: Outline;
  /** Merge fields without a value. */
  readonly problems: TextFindings['problems'];
}
