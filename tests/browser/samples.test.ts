import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pages } from './pages.js';
import { ROOT, SITE } from './samples.js';

let pages: Pages;
beforeAll(async () => {
  pages = await Pages.open(ROOT, SITE, ['1', '2', '3']);
});
afterAll(() => pages?.close());

const views = ['1', '2', '3'].flatMap((issue) =>
  ['email.html', 'web.html'].flatMap((file) =>
    [375, 800].flatMap((width) =>
      (['light', 'dark'] as const).map((scheme) => ({ issue, file, width, scheme })),
    ),
  ),
);

describe('the sample issues in a browser', () => {
  it.each(views)('$issue $file at $width pixels, $scheme', async ({ issue, file, width, scheme }) => {
    const { page, foreign } = await pages.show(issue, file, { width, scheme });
    const seen = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      broken: [...document.images]
        .filter((image) => image.checkVisibility() && image.naturalWidth === 0)
        .map((image) => image.src),
      unnamed: [...document.images].filter((image) => !image.hasAttribute('alt')).map((image) => image.src),
      background: getComputedStyle(document.body).backgroundColor,
      headings: [...document.querySelectorAll('h1')].length,
      lang: document.documentElement.lang,
      title: document.title,
    }));
    expect(seen).toMatchObject({ overflow: 0, broken: [], unnamed: [], headings: 1, lang: 'en' });
    expect(seen.title).toMatch(/Off-by-none/);
    const brightness = (seen.background.match(/\d+/g) ?? [])
      .slice(0, 3)
      .reduce((sum, part) => sum + Number(part), 0);
    expect(brightness > 384).toBe(scheme === 'light');
    expect(foreign).toEqual([]);
    await page.close();
  });
});
