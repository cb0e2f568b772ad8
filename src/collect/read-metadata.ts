import { decodeHTML } from 'entities';
import { Parser } from 'htmlparser2';
import { type JsonLdFacts, readJsonLd } from './json-ld.js';
import { oneLine } from './one-line.js';

/** The facts about a page, each as one line. */
export interface PageMetadata {
  readonly title: string | undefined;
  readonly author: string | undefined;
  /** The name of the site. */
  readonly source: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly date: string | undefined;
  readonly description: string | undefined;
  /** The address that the page declares as its own, as written. */
  readonly canonical: string | undefined;
}

const MAX_TITLE = 200;
const MAX_NAME = 100;
const MAX_DESCRIPTION = 300;

/** Where each fact is, best first; JSON-LD comes after the names before `json-ld`. */
const SOURCES = {
  title: ['og:title', 'json-ld', 'twitter:title', 'dc.title', 'title'],
  author: ['json-ld', 'author', 'article:author', 'dc.creator', 'parsely-author'],
  source: ['og:site_name', 'json-ld', 'application-name'],
  date: ['article:published_time', 'json-ld', 'date', 'dc.date', 'parsely-pub-date'],
  description: ['og:description', 'json-ld', 'description', 'twitter:description'],
} as const satisfies Readonly<Record<keyof JsonLdFacts, readonly string[]>>;

/** Reads Open Graph, JSON-LD, meta elements and the title of a page. */
export function readMetadata(html: string): PageMetadata {
  const { tags, scripts } = readTags(html);
  const facts = readJsonLd(scripts);
  const find = (fact: keyof typeof SOURCES, max: number, isGood: (text: string) => boolean = () => true) => {
    for (const name of SOURCES[fact]) {
      // Many sites escape the text in JSON-LD, and in meta elements a second time.
      const text = oneLine(decodeHTML((name === 'json-ld' ? facts[fact] : tags.get(name)) ?? ''), max);
      if (text !== undefined && isGood(text)) return text;
    }
    return undefined;
  };
  const source = find('source', MAX_NAME);
  const title = find('title', MAX_TITLE);
  return {
    title: title === undefined ? undefined : withoutSiteName(title, source),
    // Facebook wants the address of a profile here.
    author: find('author', MAX_NAME, (text) => !/^https?:|^@/.test(text)),
    source,
    date: find('date', MAX_NAME, isDate)?.slice(0, 10),
    description: find('description', MAX_DESCRIPTION),
    canonical: tags.get('canonical'),
  };
}

/** The first value of each meta element by its name, with `title` and `canonical`; and the JSON-LD scripts. */
function readTags(html: string): { tags: Map<string, string>; scripts: string[] } {
  const tags = new Map<string, string>();
  const scripts: string[] = [];
  const keep = (name: string, value: string | undefined) => {
    if (value?.trim() && !tags.has(name)) tags.set(name, value);
  };
  let inside: 'title' | 'json-ld' | undefined;
  let text = '';
  const parser = new Parser({
    onopentag(name, { property, name: named, itemprop, content, rel, href, type }) {
      if (name === 'meta') keep((property ?? named ?? itemprop ?? '').trim().toLowerCase(), content);
      if (name === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(rel ?? '')) keep('canonical', href);
      if (name === 'title') inside = 'title';
      if (name === 'script' && /^\s*application\/ld\+json\b/i.test(type ?? '')) inside = 'json-ld';
      text = '';
    },
    ontext(piece) {
      if (inside) text += piece;
    },
    onclosetag(name) {
      if (name === 'title' && inside === 'title') keep('title', text);
      if (name === 'script' && inside === 'json-ld') scripts.push(text);
      inside = undefined;
    },
  });
  parser.end(html);
  return { tags, scripts };
}

/** `A title | The Site` without the name of the site, which has a place of its own. */
function withoutSiteName(title: string, source: string | undefined): string {
  if (source === undefined || !title.endsWith(source)) return title;
  const rest = title.slice(0, -source.length);
  return /\S\s*[|·•–—:-]\s*$/.test(rest) ? rest.replace(/\s*[|·•–—:-]\s*$/, '') : title;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(text) && !Number.isNaN(Date.parse(text.slice(0, 10)));
}
