import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { feeds } from '../../src/site/feeds/feeds.js';
import { robots, sitemap } from '../../src/site/feeds/sitemap.js';
import { absolute, absoluteLinks } from '../../src/site/links/absolute.js';
import { makeNewsletter } from '../support/newsletter.js';

const PLACE = { url: 'https://example.com/news', base: '/preview' };
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const ISSUE = {
  number: 3,
  title: 'Q & A <em> ]]> "x"',
  preheader: 'What & who',
  date: '2026-01-03',
  published: '2026-01-03T00:00:00-05:00',
  draft: false,
  pictures: [],
};

/** The texts of the elements of this name. */
function texts(xml: string, name: string): string[] {
  const found: string[] = [];
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (tag) => {
        if (tag === name) depth = found.push('');
      },
      ontext: (text) => {
        if (depth > 0) found[depth - 1] += text;
      },
      onclosetag: (tag) => {
        if (tag === name) depth = 0;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}

async function made(content: string) {
  const newsletter = await openNewsletter(
    makeNewsletter({}, { config: { newsletter: { name: 'A & B', author: { name: 'Jo <x>' } } } }).root,
    {},
  );
  const all = await feeds(newsletter, PLACE, [{ issue: ISSUE, content }], NOW);
  const [atom = '', rss = '', json = ''] = ['atom.xml', 'rss.xml', 'feed.json'].map((name) => all.get(name));
  return { atom, rss, json: JSON.parse(json) };
}

describe('the feeds', () => {
  it('contain descriptions as plain text, and as HTML only in RSS', async () => {
    const preheader = 'What <Suspense> & <Await> do in React, and why "R&D" < sales, &amp;';
    const newsletter = await openNewsletter(
      makeNewsletter({}, { config: { newsletter: { tagline: 'Tags like <b> & co' } } }).root,
      {},
    );
    const issue = { ...ISSUE, preheader };
    const all = await feeds(newsletter, PLACE, [{ issue, content: '<p>x</p>' }], NOW);
    const asText = (html: string) => {
      let text = '';
      const parser = new Parser({ ontext: (piece) => (text += piece) });
      parser.end(html);
      return text;
    };
    const descriptions = texts(all.get('rss.xml') ?? '', 'description');
    expect(descriptions.map(asText)).toEqual(['Tags like <b> & co', preheader]);
    expect(descriptions[1]).toMatch(/^What &lt;Suspense&gt; &amp; &lt;Await&gt;/);
    expect(texts(all.get('atom.xml') ?? '', 'summary')).toEqual([preheader]);
    expect(texts(all.get('atom.xml') ?? '', 'subtitle')).toEqual(['Tags like <b> & co']);
    const json = JSON.parse(all.get('feed.json') ?? '');
    expect([json.description, json.items[0].summary]).toEqual(['Tags like <b> & co', preheader]);
  });

  it('are valid without issues and have a date', async () => {
    const newsletter = await openNewsletter(makeNewsletter().root, {});
    const all = await feeds(newsletter, PLACE, [], NOW);
    expect(JSON.parse(all.get('feed.json') ?? '').items).toEqual([]);
    expect(texts(all.get('atom.xml') ?? '', 'updated')).toEqual(['2026-01-02T03:04:05.000Z']);
    for (const text of all.values()) expect(text).not.toContain('1970');
  });

  it('contain the full text and literal titles', async () => {
    const { atom, rss, json } = await made('<p>One &amp; two ]]&gt;</p>');
    expect(texts(atom, 'title')).toEqual(['A & B', ISSUE.title]);
    expect(texts(rss, 'title')).toEqual(['A & B', ISSUE.title]);
    expect(texts(atom, 'content')).toEqual(['<p>One &amp; two ]]&gt;</p>']);
    expect(texts(rss, 'content:encoded')).toEqual(['<p>One &amp; two ]]&gt;</p>']);
    expect(json.items[0]).toMatchObject({ title: ISSUE.title, content_html: '<p>One &amp; two ]]&gt;</p>' });
    expect(json.version).toBe('https://jsonfeed.org/version/1.1');
  });

  it('identify an issue by its public URL and time', async () => {
    const { atom, rss, json } = await made('<p>x</p>');
    expect(texts(atom, 'id')).toEqual(['https://example.com/news/', 'https://example.com/news/issues/3/']);
    expect(texts(rss, 'guid')).toEqual(['https://example.com/news/issues/3/']);
    expect(new Date(texts(rss, 'pubDate')[0] ?? '').toISOString()).toBe('2026-01-03T05:00:00.000Z');
    expect(json.items[0].url).toBe('https://example.com/news/issues/3/');
  });

  it('contain no characters that XML forbids', async () => {
    const { atom, rss } = await made('<p>a\u0008b\ufffe]]>c]]>d</p>');
    for (const xml of [atom, rss]) expect(xml).not.toMatch(/[\0-\x08\ufffe]/);
    expect(texts(atom, 'content')).toEqual(['<p>ab]]>c]]>d</p>']);
  });
});

describe('links in feeds', () => {
  it('are absolute', () => {
    const page = 'https://example.com/news/issues/3/';
    const html =
      '<a href="#x">a</a><a href="/preview/issues/2/">b</a><img src="/preview/p.png" srcset="/preview/p.png 1w" sizes="1px" loading="lazy"><a href="mailto:a@b.c">c</a>';
    expect(absoluteLinks(html, PLACE, page)).toBe(
      `<a href="${page}#x">a</a><a href="https://example.com/news/issues/2/">b</a><img src="https://example.com/news/p.png"><a href="mailto:a@b.c">c</a>`,
    );
  });

  it.each([
    ['//other.example/x', '//other.example/x'],
    ['/other', 'https://example.com/other'],
    ['x.png', 'https://example.com/news/issues/3/x.png'],
    ['https://other.example', 'https://other.example'],
  ])('%s becomes %s', (address, expected) => {
    expect(absolute(address, PLACE, 'https://example.com/news/issues/3/')).toBe(expected);
  });

  it('work for a site without a path', () => {
    const place = { url: 'https://example.com', base: '' };
    expect(absolute('/issues/2/', place, 'https://example.com/issues/3/')).toBe(
      'https://example.com/issues/2/',
    );
  });
});

describe('the sitemap and robots.txt', () => {
  it('list every page with its date', () => {
    const xml = sitemap({ ...PLACE, url: "https://example.com/a'b" }, [ISSUE]);
    expect(texts(xml, 'loc')).toEqual(
      ['', 'issues/', 'issues/3/'].map((path) => `https://example.com/a'b/${path}`),
    );
    expect(texts(xml, 'lastmod')).toEqual([ISSUE.published, ISSUE.published, ISSUE.published]);
  });

  it('link from robots.txt to the sitemap', () => {
    expect(robots(PLACE)).toContain('Sitemap: https://example.com/news/sitemap.xml');
  });
});
