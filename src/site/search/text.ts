import type { SectionText } from './format.js';
import { type SearchSection, weigh } from './weigh.js';

/** An issue as the index keeps it, both as JSON: it is made in one thread and kept in another. */
export interface IndexedText {
  /** Its words, each followed by its weight; see {@link weigh}. */
  readonly words: string;
  /** Its sections, for excerpts; see {@link SectionText}. */
  readonly sections: string;
}

/** What the search has to know of an issue. */
export function indexText(title: string, sections: readonly SearchSection[]): IndexedText {
  const texts = sections.map(({ anchor, heading, text }): SectionText => [anchor, heading, text]);
  return { words: JSON.stringify(weigh(title, sections)), sections: JSON.stringify(texts) };
}
