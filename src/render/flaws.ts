import type { SourceLocation } from './rendered.js';

/** What may be wrong with a Markdown text although it can be rendered. */
export type FlawKind =
  /** A link or an image that Markdown does not read as one. */
  | 'unread'
  /** An address with an invisible character inside. */
  | 'address'
  /** A comment, which no reader sees. */
  | 'comment'
  /** A comment without an end, or with an empty line in it. */
  | 'open-comment'
  /** HTML, which readers see as it is written. */
  | 'html';

export interface Flaw {
  readonly kind: FlawKind;
  /** What was written. */
  readonly text: string;
  /** What to do, where that can be said exactly. */
  readonly hint?: string;
}

export type PlacedFlaw = Flaw & SourceLocation;
