/** A mistake of an author, and what obn says about it. */
export interface Mistake {
  /** What the author did. */
  readonly name: string;
  /** The files that differ from those of the newsletter without mistakes. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly rule: string;
  /** `line:column` in the issue, or `file:line:column`. */
  readonly at: string;
  /** A part of the message. */
  readonly message: string;
  /** A part of the remedy: the corrected line, if obn knows it. */
  readonly hint: string;
  /** Default: an error or a warning. */
  readonly severity?: 'info';
}
