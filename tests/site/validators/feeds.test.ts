import { readFileSync } from 'node:fs';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { HOSTILE, hostileSite, ownSite, type Site } from './site.js';

const SITEMAP = readFileSync(new URL('sitemap.xsd', import.meta.url), 'utf8');
const XML_FEEDS = ['atom.xml', 'rss.xml'] as const;
const OPTIONS = { descriptionMaxLen: 0, normalization: true };

/** The sites, by how they are called, with the titles of their issues, the newest first. */
const SITES = {
  own: {
    make: ownSite,
    titles: [
      'Breaking up (the monolith) is hard to do',
      'Another one bites the queue',
      'Cold starts, warm hearts',
    ],
  },
  hostile: { make: hostileSite, titles: ['تفكيك التطبيق', HOSTILE, 'The second one', 'The first one'] },
} as const;

describe.each(Object.entries(SITES))('the feeds of a site (%s)', (_, { make, titles }) => {
  let site: Site;
  beforeAll(async () => {
    site = await make();
  });
  afterAll(() => site.newsletter.remove());

  const links = () => titles.map((_, index) => `${site.url}/issues/${titles.length - index}/`);

  it.each(XML_FEEDS)('are well-formed XML: %s', async (name) => {
    const xml = { fileName: name, contents: site.read(name) };
    expect((await validateXML({ xml, normalization: 'c14n' })).errors).toEqual([]);
  });

  it('come with a valid sitemap of every page', async () => {
    const xml = { fileName: 'sitemap.xml', contents: site.read('sitemap.xml') };
    expect((await validateXML({ xml, schema: SITEMAP })).errors).toEqual([]);
    const pages = [...xml.contents.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url);
    expect(pages).toEqual([`${site.url}/`, `${site.url}/issues/`, ...links()]);
    expect(site.read('robots.txt')).toContain(`Sitemap: ${site.url}/sitemap.xml`);
  });

  it.each(XML_FEEDS)('are read by rss-parser: %s', async (name) => {
    const feed = await new Parser().parseString(site.read(name));
    // White space around a title means nothing.
    expect(feed.items.map(({ title }) => title?.trim())).toEqual(titles);
    expect(feed.items.map(({ link }) => link)).toEqual(links());
    for (const item of feed.items) {
      expect(Number.isNaN(Date.parse(item.isoDate ?? ''))).toBe(false);
      const content = String(item['content:encoded'] ?? item.content);
      expect(content).toMatch(/<p>/);
      // Braces in code are text that the author wrote.
      const shown = content.replace(/<code.*?<\/code>/gs, '');
      expect(shown.match(/<script|(?:src|href)="\/|\{\{/g)).toBeNull();
    }
  });

  it.each(XML_FEEDS)('are read by feed-extractor: %s', (name) => {
    const feed = extractFromXml(site.read(name), OPTIONS);
    expect(feed.entries?.map(({ link }) => link)).toEqual(links());
    expect(feed.entries?.every(({ published }) => !Number.isNaN(Date.parse(String(published))))).toBe(true);
  });

  it('are read by feed-extractor: feed.json', () => {
    const data = JSON.parse(site.read('feed.json'));
    const feed = extractFromJson(data, OPTIONS);
    expect(feed.entries?.map(({ title }) => title)).toEqual(titles);
    expect(feed.entries?.map(({ link }) => link)).toEqual(links());
    // https://www.jsonfeed.org/version/1.1/: what has to be there.
    expect(data).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: `${site.url}/feed.json`,
    });
    for (const item of data.items)
      expect(item).toMatchObject({ id: expect.any(String), content_html: expect.stringMatching(/<p>/) });
  });
});

describe('the validators', () => {
  it('report errors', async () => {
    const broken = await validateXML({ xml: '<a><b></a>', normalization: 'c14n' });
    expect(broken.valid).toBe(false);
    const urlset =
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>x</loc></url></urlset>';
    expect((await validateXML({ xml: urlset, schema: SITEMAP })).valid).toBe(false);
  });
});
