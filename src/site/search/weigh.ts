import { wordsOf } from './page/search/words.js';

/** A heading and the text below it, as plain text. */
export interface SearchSection {
  /** ID of the section; empty for the text before the first heading. */
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

const IN_TITLE = 8;
const IN_HEADING = 3;

/** Okapi BM25 with a fixed typical length, because the average would change with every issue. */
const K1 = 1.2;
const B = 0.5;
const USUAL_LENGTH = 1000;
/** Maximum of the integer weights. */
const SCALE = 20;

/** Words, each followed by its weight from 1 to 20. */
export type WeighedWords = readonly (string | number)[];

/** Computes the word weights of an issue: the part of Okapi BM25 that does not depend on other issues. */
export function weigh(title: string, sections: readonly SearchSection[]): WeighedWords {
  const counts = new Map<string, number>();
  let length = 0;
  const count = (text: string, worth: number) => {
    for (const word of wordsOf(text)) {
      length++;
      counts.set(word, (counts.get(word) ?? 0) + worth);
    }
  };
  count(title, IN_TITLE);
  for (const { heading, text } of sections) {
    count(heading, IN_HEADING);
    count(text, 1);
  }
  const norm = K1 * (1 - B + (B * length) / USUAL_LENGTH);
  const weighed: (string | number)[] = [];
  for (const [word, times] of counts) {
    weighed.push(word, Math.max(1, Math.round((SCALE * times) / (times + norm))));
  }
  return weighed;
}
