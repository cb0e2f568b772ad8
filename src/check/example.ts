/** A newsletter in which a rule finds something, or nothing: how it differs from one without problems. */
export interface Example {
  /** Keys of the issue, as YAML, that replace the usual ones. */
  readonly issue?: string;
  /** Keys of obn.yaml, as YAML, that replace the usual ones. */
  readonly config?: string;
  /** The subscriber list. */
  readonly list?: string;
  /** Other files of the newsletter by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Images by name, with their size in pixels. */
  readonly pictures?: Readonly<Record<string, { readonly width: number; readonly height: number }>>;
}
