import type { WordFile } from '../../format.js';
import { wordsOf } from './words.js';

/** A word of a query. */
export interface Term {
  readonly word: string;
  /** Whether it also matches as a prefix. */
  readonly open: boolean;
}

export interface Found {
  readonly number: number;
  /** Matched words of the issue. */
  readonly words: ReadonlySet<string>;
}

/** Maximum number of terms, because each may cost a request. */
const MAX_TERMS = 8;

/** The words of a query. A single letter, such as the language C, matches only as a whole word. */
export function termsOf(query: string): Term[] {
  const words = [...new Set(wordsOf(query))].slice(0, MAX_TERMS);
  return words.map((word) => ({ word, open: word.length > 1 || word > '\u2e80' }));
}

/** Factor for words that match only as a prefix or approximately. */
const LONGER = 0.7;
const SIMILAR = 0.4;

/**
 * Issues that contain all terms, or else as many as possible, best first.
 * @param files word file of each term
 * @param total number of issues
 */
export function rank(terms: readonly Term[], files: readonly WordFile[], total: number): Found[] {
  const scores = new Map<number, { score: number; terms: number; words: Set<string> }>();
  terms.forEach((term, index) => {
    const best = new Map<number, { score: number; words: Set<string> }>();
    for (const { word, list, worth } of meanings(term, files[index] ?? {})) {
      const rarity = Math.log(1 + (total - list.length / 2 + 0.5) / (list.length / 2 + 0.5));
      for (let at = 0; at < list.length; at += 2) {
        const number = list[at] ?? 0;
        const known = best.get(number) ?? { score: 0, words: new Set() };
        known.score = Math.max(known.score, worth * rarity * (list[at + 1] ?? 0));
        known.words.add(word);
        best.set(number, known);
      }
    }
    for (const [number, { score, words }] of best) {
      const known = scores.get(number) ?? { score: 0, terms: 0, words: new Set<string>() };
      for (const word of words) known.words.add(word);
      scores.set(number, { score: known.score + score, terms: known.terms + 1, words: known.words });
    }
  });
  const most = Math.max(0, ...[...scores.values()].map((one) => one.terms));
  return [...scores]
    .filter(([, one]) => one.terms === most)
    .sort(([a, one], [b, other]) => other.score - one.score || b - a)
    .map(([number, { words }]) => ({ number, words }));
}

interface Meaning {
  readonly word: string;
  readonly list: readonly number[];
  readonly worth: number;
}

/** Words that match a term: exact and prefix matches, or else similar words. */
function meanings({ word: wanted, open }: Term, file: WordFile): Meaning[] {
  const entries = Object.entries(file);
  const begun = entries.filter(([word]) => word === wanted || (open && word.startsWith(wanted)));
  if (begun.length > 0) {
    return begun.map(([word, list]) => ({ word, list, worth: word === wanted ? 1 : LONGER }));
  }
  const errors = wanted.length < 4 ? 0 : wanted.length < 8 ? 1 : 2;
  return entries
    .filter(([word]) => errors > 0 && isSimilar(wanted, word, errors))
    .map(([word, list]) => ({ word, list, worth: SIMILAR }));
}

/** Whether the Levenshtein distance of two words is at most `errors`. */
function isSimilar(a: string, b: string, errors: number): boolean {
  if (Math.abs(a.length - b.length) > errors) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > errors) return false;
    row = next;
  }
  return (row[b.length] ?? errors + 1) <= errors;
}
