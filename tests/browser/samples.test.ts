import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePictures, startBrowser } from '../support/browser.js';
import { obn } from '../support/cli.js';

const ROOT = join(import.meta.dirname, '../..');
const SITE = 'https://offbynone.io';
const out = mkdtempSync(join(tmpdir(), 'obn-samples-'));
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
  for (const issue of ['1', '2', '3']) {
    const { code } = await obn(ROOT, ['render', issue, '--out', join(out, issue)]);
    expect(code).toBe(0);
  }
});

afterAll(async () => {
  await browser?.close();
  rmSync(out, { recursive: true, force: true });
});

const views = ['1', '2', '3'].flatMap((issue) =>
  ['email.html', 'web.html'].flatMap((file) =>
    [375, 800].flatMap((width) =>
      (['light', 'dark'] as const).map((scheme) => ({ issue, file, width, scheme })),
    ),
  ),
);

describe('the sample issues in a browser', () => {
  it.each(views)('$issue $file at $width pixels, $scheme', async ({ issue, file, width, scheme }) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    const foreign = await servePictures(page, SITE, ROOT);
    await page.goto(`file://${join(out, issue, file)}`);
    await page.evaluate(async () => {
      const images = [...document.images].filter((image) => image.checkVisibility());
      for (const image of images) image.loading = 'eager';
      await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
    });
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
