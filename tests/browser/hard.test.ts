import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hardNewsletter } from './hard.js';
import { overflow } from './measure.js';
import { Pages } from './pages.js';

const SITE = 'https://weekly.example.com';

describe.each(['de', 'ar'])('an issue in %s with long words, wide code and holes', (language) => {
  const newsletter = hardNewsletter(language, { width: 480, radius: 0 });
  let pages: Pages;
  beforeAll(async () => {
    pages = await Pages.open(newsletter.root, SITE, ['1']);
  });
  afterAll(async () => {
    await pages?.close();
    newsletter.remove();
  });

  it.each(['email.html', 'web.html'].flatMap((file) => [320, 375, 800].map((width) => ({ file, width }))))(
    'fits into $width pixels as $file',
    async ({ file, width }) => {
      const { page, foreign } = await pages.show('1', file, { width });
      expect(await overflow(page)).toEqual({ wider: 0, out: [] });
      expect(foreign).toEqual([]);
      await page.close();
    },
  );

  it('is a column as wide as the theme', async () => {
    const { page } = await pages.show('1', 'email.html', { width: 800 });
    const column = await page.locator('.masthead').boundingBox();
    expect(column).toMatchObject({ x: 160, width: 480 });
    await page.close();
  });

  it.each(['email.html', 'web.html'])(
    'aligns text, quotations and dates by script direction in %s',
    async (file) => {
      const { page } = await pages.show('1', file);
      const sides = await page.evaluate(() => {
        const side = (left: number, right: number) => (left < right ? 'left' : 'right');
        const box = (one: Element) => one.getBoundingClientRect();
        const quote = getComputedStyle(document.querySelector('blockquote') as Element);
        const [leaf, title] = ['.leaf', '.event h3, td.beside h3'].map((which) =>
          box(document.querySelector(which) as Element),
        ) as [DOMRect, DOMRect];
        const heading = document.createRange();
        const h2 = [...document.querySelectorAll('h2')].find(
          (one) => one.textContent === 'Events',
        ) as Element;
        heading.selectNodeContents(h2);
        const words = heading.getBoundingClientRect();
        const button = box(document.querySelector('.sponsor .action a, .sponsor .button') as Element);
        const card = box(document.querySelector('.sponsor') as Element);
        const near = (inner: DOMRect, outer: DOMRect) =>
          side(inner.left - outer.left, outer.right - inner.right);
        return {
          bar: side(Number.parseFloat(quote.borderRightWidth), Number.parseFloat(quote.borderLeftWidth)),
          leaf: side(leaf.left, title.left),
          heading: near(words, box(h2)),
          button: near(button, card),
          code: getComputedStyle(document.querySelector('pre') as Element).direction,
        };
      });
      const side = language === 'ar' ? 'right' : 'left';
      expect(sides).toEqual({ bar: side, leaf: side, heading: side, button: side, code: 'ltr' });
      await page.close();
    },
  );
});
