/** A newsletter in which a rule finds something, or nothing: what differs from one that is in order. */
export interface Example {
  /** Keys of the issue, as YAML, instead of those that it would have. */
  readonly issue?: string;
  /** Keys of obn.yaml, as YAML, instead of those that it would have. */
  readonly config?: string;
  /** The subscriber list. */
  readonly list?: string;
  /** Other files of the newsletter by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** Pictures by their names, in pixels. */
  readonly pictures?: Readonly<Record<string, { readonly width: number; readonly height: number }>>;
}
