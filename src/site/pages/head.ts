import type { Config } from '../../config/schema.js';
import type { IssueFacts } from '../issue-facts.js';
import { issuePath, type SiteAddress } from '../site-address.js';

/** Share card of a page. */
export interface Card {
  /** Path in the site without a leading slash. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

interface Neighbour {
  readonly number: number;
  readonly title: string;
  readonly path: string;
}

/** Values for all pages of a site. */
export interface SiteView {
  readonly base: string;
  readonly script: string;
  readonly icon: string;
  readonly subscribe: string | undefined;
  readonly logo_height: number | undefined;
  /** Language and territory for Open Graph; undefined if the territory is unknown. */
  readonly locale: string | undefined;
}

/** Values of a page for templates and metadata. */
export interface PageView extends SiteView {
  readonly type: 'article' | 'website';
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly published?: string;
  readonly card: { url: string; width: number; height: number; alt: string } | undefined;
  readonly json_ld: string;
  readonly previous?: Neighbour | undefined;
  readonly next?: Neighbour | undefined;
}

export interface Setting {
  readonly config: Config;
  readonly place: SiteAddress;
  readonly site: SiteView;
}

/** @param around previous and next issue */
export function issueView(
  { config, place, site }: Setting,
  issue: IssueFacts,
  around: { previous: IssueFacts | undefined; next: IssueFacts | undefined },
  card: Card | undefined,
): PageView {
  const { newsletter } = config;
  const { number, title, preheader, published } = issue;
  const url = `${place.url}/issues/${number}/`;
  const shown = card && cardView(place, card, `${newsletter.name}, issue ${number}: ${title}`);
  const neighbour = (one: IssueFacts | undefined) =>
    one && { number: one.number, title: one.title, path: issuePath(place, one.number) };
  const publisher = { '@type': 'Organization', name: newsletter.name, url: `${place.url}/` };
  return {
    ...site,
    type: 'article',
    title,
    description: preheader,
    url,
    published,
    card: shown,
    previous: neighbour(around.previous),
    next: neighbour(around.next),
    json_ld: jsonLd({
      '@type': 'NewsArticle',
      headline: title,
      description: preheader || undefined,
      datePublished: published,
      inLanguage: newsletter.language,
      url,
      mainEntityOfPage: url,
      image: shown && [shown.url],
      author: newsletter.author ? { '@type': 'Person', ...newsletter.author } : publisher,
      publisher,
      isPartOf: { '@type': 'Periodical', name: newsletter.name, url: `${place.url}/` },
    }),
  };
}

/** @param path path of the page, with a trailing slash for a folder */
export function listView(
  { config: { newsletter }, place, site }: Setting,
  { path, title, description }: { path: string; title: string; description: string },
  card: Card | undefined,
): PageView {
  const url = `${place.url}/${path}`;
  return {
    ...site,
    type: 'website',
    title,
    description,
    url,
    card: card && cardView(place, card, newsletter.name),
    json_ld: jsonLd({
      '@type': path === '' ? 'WebSite' : 'CollectionPage',
      name: title,
      description: description || undefined,
      inLanguage: newsletter.language,
      url,
    }),
  };
}

function cardView({ url }: SiteAddress, { path, width, height }: Card, alt: string) {
  return { url: `${url}/${path}`, width, height, alt };
}

/** Language and territory for Open Graph. */
export function localeOf(language: string): string | undefined {
  const { language: code, region } = new Intl.Locale(language);
  return region && `${code}_${region}`;
}

/** JSON for a script element, escaped so that it cannot close the element. */
function jsonLd(value: object): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...value });
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
