import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNewsletter } from '../support/newsletter.js';
import { png } from '../support/picture.js';
import { Pages } from './pages.js';

const SITE = 'https://weekly.example.com';
const LONG = 'It never forgets what it was told, and tells whoever asks. '.repeat(5);
const BODY = `Hi.

# A heading

| Queue | What it does | Keeps |
|---|---|---|
| Kinesis | ${LONG} | infrastructure |

After the table.

> It was said, and it was so long that it needs another line, and then one more of them.

After the quotation.`;

const sections = [
  { type: 'intro', body: BODY },
  {
    type: 'events',
    heading: 'Events',
    items: [
      { title: 'Meetup', starts: '2030-10-04', location: 'Here' },
      { title: 'Summit', starts: '2030-10-04', location: 'Here', url: 'https://s.example' },
    ],
  },
  { type: 'star', person: { name: 'Ada', handle: '@ada', photo: 'images/high.png' }, body: 'b' },
];

function newsletterIn(language: string, logo?: string) {
  const tagline = 'A weekly newsletter about everything serverless, and what is to become of it';
  const issue = { number: 1, title: 'T', date: '2030-01-01', sections };
  const made = makeNewsletter(
    { 'issues/001-first.yaml': JSON.stringify(issue) },
    { config: { newsletter: { language, tagline }, ...(logo && { theme: { logo } }) }, keep: true },
  );
  made.write('issues/images/high.png', png(300, 1_800));
  made.write('issues/images/logo.png', png(300, 40));
  return made;
}

/** Line boxes of a text, in the first element that contains nothing else. */
function linesOf(page: Page, words: string): Promise<{ top: number; bottom: number; left: number }[]> {
  return page.evaluate((text) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.textContent?.indexOf(text) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + text.length);
      return [...range.getClientRects()].map(({ top, bottom, left }) => ({ top, bottom, left }));
    }
    return [];
  }, words);
}

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  return box ?? { x: 0, y: 0, width: 0, height: 0 };
};

describe.each(['email.html', 'web.html'])('%s', (file) => {
  const newsletter = newsletterIn('en');
  let pages: Pages;
  beforeAll(async () => {
    pages = await Pages.open(newsletter.root, SITE, ['1']);
  });
  afterAll(async () => {
    await pages?.close();
    newsletter.remove();
  });

  it.each([375, 800])('breaks no word in a table with enough room, %i pixels wide', async (width) => {
    const { page } = await pages.show('1', file, { width });
    const words = ['Kinesis', 'Queue', ...(width > 375 ? ['infrastructure'] : [])];
    for (const word of words) expect(await linesOf(page, word)).toHaveLength(1);
    await page.close();
  });

  it('has space below a table but not below quotation text', async () => {
    const { page } = await pages.show('1', file);
    const table = await boxOf(page, 'table:has(> tbody > tr > td.cell, > tbody > tr > td:text("Kinesis"))');
    const [after] = await linesOf(page, 'After the table.');
    expect((after?.top ?? 0) - (table.y + table.height)).toBeGreaterThan(12);
    const quotation = await boxOf(page, 'blockquote');
    const words = (await linesOf(page, 'one more of them.')).at(-1);
    expect(quotation.y + quotation.height - (words?.bottom ?? 0)).toBeLessThan(8);
    await page.close();
  });

  it('has headings larger than its text', async () => {
    const { page } = await pages.show('1', file);
    const size = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize);
    const heading = await page.locator('h2', { hasText: 'A heading' }).evaluate(size);
    const words = await page.locator('p', { hasText: 'After the table.' }).evaluate(size);
    expect(heading).toBeGreaterThan(words);
    await page.close();
  });

  it.each([375, 800])(
    'has event titles next to their dates, with or without a link, at %i pixels',
    async (width) => {
      const { page } = await pages.show('1', file, { width });
      const leaves = await page.locator('.leaf').all();
      const tops = await Promise.all(leaves.map(async (leaf) => (await leaf.boundingBox())?.y ?? 0));
      const [meetup, summit] = [await linesOf(page, 'Meetup'), await linesOf(page, 'Summit')];
      const below = [(meetup[0]?.top ?? 0) - (tops[0] ?? 0), (summit[0]?.top ?? 0) - (tops[1] ?? 0)];
      expect(Math.abs((below[0] ?? 0) - (below[1] ?? 99))).toBeLessThan(1.5);
      await page.close();
    },
  );

  it('limits a tall photo of a person to 96 pixels', async () => {
    const { page } = await pages.show('1', file);
    expect((await boxOf(page, 'img[src$="high.png"]')).height).toBe(96);
    await page.close();
  });

  it('has compact footer lines on a phone', async () => {
    const { page } = await pages.show('1', file, { width: 375 });
    const paragraphs = await page.locator('footer p, p.fine').all();
    for (const paragraph of paragraphs) {
      const bottoms = await paragraph.evaluate((element) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const lines = new Set<number>();
        while (walker.nextNode()) {
          const range = document.createRange();
          range.selectNodeContents(walker.currentNode);
          for (const { bottom } of range.getClientRects()) lines.add(Math.round(bottom));
        }
        return [...lines].sort((a, b) => a - b);
      });
      for (const [index, bottom] of bottoms.slice(1).entries()) {
        expect(bottom - (bottoms[index] ?? 0)).toBeLessThan(30);
      }
    }
    expect(paragraphs.length).toBeGreaterThan(1);
    await page.close();
  });
});

describe.each([undefined, 'images/logo.png'])('the home link, with the logo %s', (logo) => {
  const newsletter = newsletterIn('en', logo);
  let pages: Pages;
  beforeAll(async () => {
    pages = await Pages.open(newsletter.root, SITE, ['1']);
  });
  afterAll(async () => {
    await pages?.close();
    newsletter.remove();
  });

  it.each(['email.html', 'web.html'])('is 44 pixels high on a phone in %s', async (file) => {
    const { page } = await pages.show('1', file, { width: 375 });
    expect((await boxOf(page, '.masthead a')).height).toBeGreaterThanOrEqual(44);
    await page.close();
  });
});

describe('a right-to-left language', () => {
  const newsletter = newsletterIn('he');
  let pages: Pages;
  beforeAll(async () => {
    pages = await Pages.open(newsletter.root, SITE, ['1']);
  });
  afterAll(async () => {
    await pages?.close();
    newsletter.remove();
  });

  it.each(['email.html', 'web.html'])('keeps left-to-right text together in %s', async (file) => {
    const { page } = await pages.show('1', file);
    const left = async (words: string) => (await linesOf(page, words))[0]?.left ?? 0;
    expect(await left('Issue')).toBeLessThan(await left('#1'));
    expect(await left('#1')).toBeGreaterThan(await left('2030'));
    expect(await left('@')).toBeLessThan(await left('ada'));
    await page.close();
  });
});
