import type { ReadIssue } from '../issue/store.js';
import { urlKey } from './clean-url.js';

/** Where an address is already. */
export interface KnownUrl {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface PublishedUrl extends KnownUrl {
  readonly issue: number;
}

const URLS = /https?:\/\/[^\s<>"'`\\]+/gi;

/** The first line of each address in a YAML text, by {@link urlKey}; comments do not count. */
export function urlsIn(file: string, text: string): Map<string, KnownUrl> {
  const known = new Map<string, KnownUrl>();
  text.split('\n').forEach((line, index) => {
    if (/^\s*#/.test(line)) return;
    for (const [match] of line.matchAll(URLS)) {
      const key = urlKey(withoutEnd(match));
      if (key !== undefined && !known.has(key)) known.set(key, { file, line: index + 1 });
    }
  });
  return known;
}

/** The addresses of all valid issues except one, each with the newest issue that has it. */
export function publishedUrls(issues: readonly ReadIssue[], except: string): Map<string, PublishedUrl> {
  const others = issues.filter(({ file }) => file.name !== except);
  const known = others.flatMap(({ file, parsed }) => {
    if (!('issue' in parsed)) return [];
    const { document, number } = parsed.issue;
    return [...urlsIn(file.name, document.text)].map(([key, at]) => [key, { ...at, issue: number }] as const);
  });
  return new Map(known);
}

/** An address in a text, without what follows it: the end of a Markdown link or of a sentence. */
function withoutEnd(url: string): string {
  let end = url.replace(/[\]}*_,.;:!?]+$/, '');
  // A parenthesis belongs to the address if it was opened in it, as in Wikipedia's.
  const close = unmatchedParenthesis(end);
  if (close >= 0) end = end.slice(0, close);
  return end.replace(/[,.;:!?]+$/, '');
}

function unmatchedParenthesis(url: string): number {
  let depth = 0;
  for (let at = 0; at < url.length; at++) {
    if (url[at] === '(') depth += 1;
    if (url[at] === ')') depth -= 1;
    if (depth < 0) return at;
  }
  return -1;
}
