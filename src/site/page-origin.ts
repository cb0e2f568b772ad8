/** The source file of a page, for findings. */
export interface PageOrigin {
  /** File name in messages. */
  readonly name: string;
  readonly text: string;
}
