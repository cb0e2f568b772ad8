import type { ReadIssue } from '../issue/store.js';
import type { Append } from './append-links.js';
import { urlKey } from './clean-url.js';
import { type KnownUrl, type PublishedUrl, publishedUrls, urlsIn } from './known-urls.js';
import { type CollectedLink, itemInBraces, itemLines } from './link.js';

/** A link that was added, or would be. */
export interface AddedLink {
  readonly url: string;
  readonly title: string;
  readonly author: string | undefined;
  readonly source: string | undefined;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Where an issue has the same address already. */
  readonly earlier: PublishedUrl | undefined;
  /** Why only the address is known; completes a sentence that starts with it. */
  readonly problem: string | undefined;
}

export interface AddLinksResult {
  readonly added: readonly AddedLink[];
  /** Addresses that the file has already. */
  readonly skipped: readonly (KnownUrl & { readonly url: string })[];
  /** What was written for the new links: YAML, not indented. */
  readonly yaml: string;
  /** The number of the issue that was created for them. */
  readonly created: number | undefined;
}

/** Adds the links that a text does not have yet. */
export function addToText(
  file: string,
  raw: string,
  { links, issues }: { readonly links: readonly CollectedLink[]; readonly issues: readonly ReadIssue[] },
  append: Append,
): { text: string; result: AddLinksResult } {
  const here = urlsIn(file, raw);
  const published = publishedUrls(issues, file);
  const keyOf = ({ item }: CollectedLink) => urlKey(item.url) ?? item.url;
  const fresh = links.filter((link) => !here.has(keyOf(link)));
  const skipped = links.flatMap((link) => {
    const known = here.get(keyOf(link));
    return known ? [{ url: link.item.url, ...known }] : [];
  });
  const entries = fresh.map((link) => ({ lines: itemLines(link), inBraces: itemInBraces(link.item) }));
  const values = fresh.map(({ item }) => JSON.parse(JSON.stringify(item)) as object);
  const nothing = { text: raw, lines: [] };
  const { text, lines } = fresh.length === 0 ? nothing : append(file, raw, { values, entries });
  const added = fresh.map((link, at) => {
    const { url, title, author, source } = link.item;
    const facts = { url, title, author, source, file, line: lines[at] ?? 1 };
    return { ...facts, earlier: published.get(keyOf(link)), problem: link.problem };
  });
  const yaml = entries.map((entry) => entry.lines.join('\n')).join('\n');
  return { text, result: { added, skipped, yaml, created: undefined } };
}
