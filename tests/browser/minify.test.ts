import mjml from 'mjml';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minifyHtml } from '../../src/render/minify.js';
import { renderFrom } from '../render/issues.js';
import { startBrowser } from '../support/browser.js';

const ROOT = new URL('../..', import.meta.url).pathname;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each([1, 2, 3])('the minified email of issue %i', (number) => {
  it.each([800, 375])('has every box at the same position, %i pixels wide', async (width) => {
    const { mjml: source } = await renderFrom(ROOT, number);
    const { html } = await mjml(source, { keepComments: false, fonts: {} });
    const plain = await shownIn(width, html);
    expect(plain.boxes.length).toBeGreaterThan(300);
    expect(await shownIn(width, minifyHtml(html))).toEqual(plain);
  });
});

/** The words that a reader sees, and the box of each element. */
async function shownIn(width: number, html: string): Promise<{ words: string; boxes: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.route(/^https?:/, (route) => route.abort());
  await page.setContent(html);
  const shown = await page.evaluate(() => {
    const boxes = [...document.body.querySelectorAll('*')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.tagName, x, y, width, height].join(' ');
    });
    return { words: document.body.innerText.replace(/\n+/g, '\n'), boxes };
  });
  await page.close();
  return shown;
}
