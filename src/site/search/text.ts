import type { SectionText } from './format.js';
import { type SearchSection, weigh } from './weigh.js';

/** Index data of an issue as JSON strings, which threads can exchange cheaply. */
export interface IndexedText {
  /** Words, each followed by its weight; see {@link weigh}. */
  readonly words: string;
  /** Sections for excerpts; see {@link SectionText}. */
  readonly sections: string;
}

/** Creates the index data of an issue. */
export function indexText(title: string, sections: readonly SearchSection[]): IndexedText {
  const texts = sections.map(({ anchor, heading, text }): SectionText => [anchor, heading, text]);
  return { words: JSON.stringify(weigh(title, sections)), sections: JSON.stringify(texts) };
}
