import type { Newsletter } from '../../config/load.js';
import type { IssueFacts } from '../issue-facts.js';
import { escapeMarkup } from '../pages/markup.js';
import { assetPath, type SiteAddress } from '../site-address.js';

/** Number of issues in the feeds. */
export const FEED_ISSUES = 20;

/** An issue with the HTML of its sections, with absolute URLs. */
export interface FeedIssue {
  readonly issue: IssueFacts;
  readonly content: string;
}

/**
 * The feeds by their paths in the site. Titles, and text in Atom and JSON Feed, are plain text. An RSS 2.0
 * description is HTML.
 * @param issues newest first
 * @param now update time of a feed without issues, which Atom requires, in milliseconds since 1970
 */
export async function feeds(
  { config: { newsletter, theme } }: Newsletter,
  place: SiteAddress,
  issues: readonly FeedIssue[],
  now: number,
): Promise<Map<string, string>> {
  const { generateAtomFeed, generateJsonFeed, generateRssFeed } = await import('feedsmith');
  const { name, tagline = name, language, author } = newsletter;
  const home = `${place.url}/`;
  const updated = new Date(issues[0]?.issue.published ?? now);
  const logo = theme.logo && new URL(assetPath({ ...place, base: place.url }, theme.logo)).href;
  const entries = issues.map(({ issue, content }) => {
    const url = `${home}issues/${issue.number}/`;
    const html = readable(content);
    return { ...issue, url, html, moment: new Date(issue.published), summary: issue.preheader || undefined };
  });
  const atom = generateAtomFeed({
    id: home,
    title: { value: readable(name) },
    subtitle: { value: readable(tagline) },
    updated,
    generator: { text: 'obn' },
    ...(logo ? { logo } : {}),
    links: [link(home, 'alternate', 'text/html'), link(`${home}atom.xml`, 'self', 'application/atom+xml')],
    authors: [person(author ?? { name })],
    entries: entries.map(({ url, title, html, summary, moment }) => ({
      id: url,
      title: { value: readable(title) },
      links: [link(url, 'alternate', 'text/html')],
      published: moment,
      updated: moment,
      ...(summary === undefined ? {} : { summary: { value: readable(summary) } }),
      content: { type: 'html', value: html },
    })),
    xml: { lang: language },
  });
  const rss = generateRssFeed({
    title: readable(name),
    link: home,
    description: escapeMarkup(readable(tagline)),
    language,
    generator: 'obn',
    lastBuildDate: updated,
    atom: { links: [link(`${home}rss.xml`, 'self', 'application/rss+xml')] },
    ...(logo ? { image: { url: logo, title: readable(name), link: home } } : {}),
    items: entries.map(({ url, title, html, summary, moment }) => ({
      title: readable(title),
      link: url,
      guid: { value: url, isPermaLink: true },
      pubDate: moment,
      dc: { creators: [readable(author?.name ?? name)] },
      ...(summary === undefined ? {} : { description: escapeMarkup(readable(summary)) }),
      content: { encoded: html },
    })),
  });
  const json = generateJsonFeed({
    title: name,
    description: tagline,
    home_page_url: home,
    feed_url: `${home}feed.json`,
    language,
    ...(logo ? { icon: logo } : {}),
    authors: [{ name: author?.name ?? name, ...(author?.url === undefined ? {} : { url: author.url }) }],
    items: entries.map(({ url, title, html, summary, moment }) => ({
      id: url,
      url,
      title,
      content_html: html,
      date_published: moment,
      ...(summary === undefined ? {} : { summary }),
    })),
  });
  return new Map([
    ['atom.xml', trimmed(String(atom))],
    ['rss.xml', trimmed(String(rss))],
    ['feed.json', `${JSON.stringify(withItems(json), null, 1)}\n`],
  ]);
}

/** JSON Feed 1.1 requires a list of items, but feedsmith omits an empty one. */
function withItems(feed: unknown): unknown {
  return { ...(feed as Record<string, unknown>), items: (feed as { items?: unknown }).items ?? [] };
}

function link(href: string, rel: string, type: string) {
  return { href, rel, type };
}

function person({ name, url }: { name: string; url?: string | undefined }) {
  return { name: readable(name), ...(url === undefined ? {} : { uri: url }) };
}

/** Removes white space around text, which not all feed readers ignore. */
function trimmed(xml: string): string {
  return xml.replace(/>\s+(?=<!\[CDATA\[)/g, '>').replace(/\]\]>\s+(?=<\/)/g, ']]>');
}

/** Removes characters that XML 1.0 does not allow. */
function readable(text: string): string {
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
}
