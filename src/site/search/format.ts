// Index format, written by the builder and read by the page.

export type IssueEntry = readonly [number: number, title: string, date: string, url: string, text: string];

/** search/index.json */
export interface SearchIndex {
  /** Newest first. The last item is the name of a file in search/texts/. */
  readonly issues: readonly IssueEntry[];
  /** File in search/words/ for each result of fileOf. */
  readonly words: Readonly<Record<string, string>>;
}

/** A section in a file of search/texts/. The anchor of the text before the first heading is ''. */
export type SectionText = readonly [anchor: string, heading: string, text: string];

/** A file of search/words/: for each word, issue numbers, each followed by the weight. */
export type WordFile = Readonly<Record<string, readonly number[]>>;
