// What the builder writes and the page reads.

export type IssueEntry = readonly [number: number, title: string, date: string, url: string, text: string];

/** search/index.json */
export interface SearchIndex {
  /** Newest first; the last is the name of a file in search/texts/. */
  readonly issues: readonly IssueEntry[];
  /** Which file in search/words/ has the words that fileOf says it has. */
  readonly words: Readonly<Record<string, string>>;
}

/** Of a file in search/texts/: the sections of an issue; the anchor of what stands before the first heading is ''. */
export type SectionText = readonly [anchor: string, heading: string, text: string];

/** Of a file in search/words/: for each word the numbers of its issues, each followed by how much it says of it. */
export type WordFile = Readonly<Record<string, readonly number[]>>;
