import type { SectionText } from '../../format.js';
import { plainText, wordsOf } from './words.js';

/** A piece of text, and whether it is a match. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** The best matching passage of an issue. */
export interface Excerpt {
  /** ID of its section; empty for the top. */
  readonly anchor: string;
  readonly heading: readonly Piece[];
  readonly text: readonly Piece[];
}

const LENGTH = 180;
const BEFORE = 60;
const TOKEN = /[\p{L}\p{N}\p{M}'’]+/gu;

/** @param words matched index words of the issue */
export function excerptOf(sections: readonly SectionText[], words: ReadonlySet<string>): Excerpt {
  const scored = sections.map((section) => {
    const [, heading, text] = section;
    const places = placesOf(text, words);
    const kinds = new Set([...places, ...placesOf(heading, words)].map(({ word }) => word));
    return { section, places, score: kinds.size * 10 + Math.min(places.length, 9) };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), scored[0] ?? EMPTY);
  const [anchor, heading, text] = best.section;
  return {
    anchor: best.score === 0 ? '' : anchor,
    heading: mark(heading, words),
    text: mark(around(text, best.places), words),
  };
}

const EMPTY = { section: ['', '', ''] as SectionText, places: [] as SiteAddress[], score: 0 };

interface SiteAddress {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

/** Positions of the words in the original text. */
function placesOf(text: string, words: ReadonlySet<string>): SiteAddress[] {
  return [...text.matchAll(TOKEN)].flatMap(({ 0: token, index }) => {
    const parts = wordsOf(token);
    if (parts.length > 1) return within(token, index, words);
    const word = parts[0];
    return word !== undefined && words.has(word) ? [{ start: index, end: index + token.length, word }] : [];
  });
}

/** Positions of letter pairs in a script without spaces. */
function within(token: string, offset: number, words: ReadonlySet<string>): SiteAddress[] {
  const { plain, origins } = traced(token);
  return [...words].flatMap((word) => {
    const places: SiteAddress[] = [];
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
      const [start = 0, end = token.length] = [origins[at], origins[at + word.length]];
      places.push({ start: offset + start, end: offset + end, word });
    }
    return places;
  });
}

/** The plain text of a token with the origin of each unit. Some letters, such as ำ, become two. */
function traced(token: string): { plain: string; origins: readonly number[] } {
  const whole = plainText(token);
  if (whole.length === token.length)
    return { plain: whole, origins: [...whole.split('').keys(), whole.length] };
  let plain = '';
  const origins: number[] = [];
  for (const { 0: letter, index } of token.matchAll(/./gsu)) {
    const part = plainText(letter);
    for (let unit = 0; unit < part.length; unit++) origins.push(index);
    plain += part;
  }
  return { plain, origins: [...origins, token.length] };
}

/** The passage with the most different matches close together, cut at word boundaries. */
function around(text: string, places: readonly SiteAddress[]): string {
  const kinds = (from: SiteAddress) =>
    new Set(
      places
        .filter((one) => one.start >= from.start && one.end <= from.start + LENGTH - BEFORE)
        .map(({ word }) => word),
    ).size;
  const first = places
    .slice(0, 50)
    .reduce<SiteAddress | undefined>(
      (best, place) => (best && kinds(best) >= kinds(place) ? best : place),
      undefined,
    );
  const from = Math.max(0, Math.min((first?.start ?? 0) - BEFORE, text.length - LENGTH));
  const start = from === 0 ? 0 : nextWord(text, from);
  const end = start + LENGTH >= text.length ? text.length : lastWord(text, start + LENGTH);
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? '\u00a0…' : ''}`;
}

const REACH = 24;
const LONGEST_WORD = 64;

function nextWord(text: string, at: number): number {
  const space = text.slice(at, at + REACH).search(/\s/u);
  return space < 0 ? whole(text, at) : at + space + 1;
}

function lastWord(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  return space > at - REACH ? space : whole(text, at);
}

/** Start of the word at a position in a script without spaces. Never splits a letter. */
function whole(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_WORD);
  const near = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(
    text.slice(from, at + LONGEST_WORD),
  );
  const start = near.containing(at - from)?.index ?? 0;
  return start > 0 ? from + start : at - (/[\udc00-\udfff]/.test(text[at] ?? '') ? 1 : 0);
}

/** Splits a text into matches and other text. */
export function mark(text: string, words: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const place of placesOf(text, words).sort((a, b) => a.start - b.start)) {
    const start = Math.max(place.start, end);
    if (place.end <= start) continue;
    if (start > end) pieces.push({ text: text.slice(end, start), marked: false });
    const last = pieces.at(-1);
    if (last?.marked && start === end)
      pieces[pieces.length - 1] = { text: last.text + text.slice(start, place.end), marked: true };
    else pieces.push({ text: text.slice(start, place.end), marked: true });
    end = place.end;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), marked: false });
  return pieces;
}
