import { yamlText } from '../document/scalar.js';
import { canonicalUrl, cleanUrl } from './clean-url.js';
import type { FetchedPage } from './fetch-page.js';
import { oneLine } from './one-line.js';
import { readMetadata } from './read-metadata.js';

/** An item of a section with links, and what its author should know when writing about it. */
export interface CollectedLink {
  readonly item: LinkItem;
  /** Lines for comments above the item. */
  readonly comments: readonly string[];
  /** Why only the address is known; completes a sentence that starts with it. */
  readonly problem: string | undefined;
}

/** The fields of an item, in the order in which they are written. */
export interface LinkItem {
  readonly title: string;
  readonly url: string;
  readonly author?: string | undefined;
  readonly source?: string | undefined;
  readonly note?: string | undefined;
}

const MAX_COMMENT = 300;

/** Makes an item from the result of a request. */
export function linkFrom(
  page: Exclude<FetchedPage, { kind: 'private' }>,
  note: string | undefined,
): CollectedLink {
  const url = cleanUrl(page.url);
  const noted = note === undefined ? {} : { note };
  if (page.kind === 'unread') return withoutPage(url, page.reason, noted);
  const facts = readMetadata(page.html);
  const own = canonicalUrl(url, facts.canonical);
  const { title, author, date, description } = facts;
  const problem = page.isWhole ? 'has no title' : 'is very long and has no title at its start';
  if (title === undefined) return withoutPage(own, problem, noted);
  const source = facts.source ?? hostOf(own);
  // One byline with the same name twice helps nobody.
  const byline = author === source ? { source } : { author, source };
  const about = [date, description].filter((fact) => fact !== undefined).join(': ');
  const comments = about === '' ? [] : [`About this page: ${about}`];
  return { item: { title, url: own.href, ...byline, ...noted }, comments, problem: undefined };
}

function withoutPage(url: URL, problem: string, noted: { note?: string }): CollectedLink {
  const reason = oneLine(problem, MAX_COMMENT) ?? '';
  const comments = [`obn did not read this page: it ${reason}. Write the title.`];
  return { item: { title: hostOf(url), url: url.href, ...noted }, comments, problem: reason };
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^www\./, '');
}

/** The lines of an item in a list, without indentation. */
export function itemLines({ item, comments }: Pick<CollectedLink, 'item' | 'comments'>): string[] {
  const fields = fieldsOf(item).map(([key, value], index) => `${index === 0 ? '- ' : '  '}${key}: ${value}`);
  return [...comments.map((comment) => `# ${comment}`), ...fields];
}

/** The item between braces, for a list that is written on one line. */
export function itemInBraces(item: LinkItem): string {
  return `{ ${fieldsOf(item)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;
}

function fieldsOf({ title, url, author, source, note }: LinkItem): [key: string, value: string][] {
  return Object.entries({ title, url, author, source, note }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, yamlText(value)]],
  );
}
