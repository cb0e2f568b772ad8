/** The file that a page was made of, in which an author finds what is broken. */
export interface PageOrigin {
  /** The file as messages name it. */
  readonly name: string;
  readonly text: string;
}
