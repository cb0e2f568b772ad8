import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ColourName, colourPairs, type Mode } from '../../src/config/contrast.js';
import { theme } from '../../src/config/theme.js';
import { hardNewsletter } from './hard.js';
import { Pages } from './pages.js';

const NAMES = ['accent', 'on_accent', 'text', 'muted', 'background', 'surface', 'tint', 'border'] as const;
/** Every color is unique: light ones have 0x10 as red, dark ones 0x20. */
const COLOURS = Object.fromEntries(
  NAMES.map((name, index) => [name, { light: `#10${index}0ff`, dark: `#20${index}0ff` }]),
);
const newsletter = hardNewsletter('en', COLOURS);
const forms = ['email.html', 'web.html'];

let pages: Pages;
beforeAll(async () => {
  pages = await Pages.open(newsletter.root, 'https://weekly.example.com', ['1']);
});
afterAll(async () => {
  await pages?.close();
  newsletter.remove();
});

/** Every text color with its background color. */
async function seen(page: Page): Promise<string[]> {
  const colours = await page.evaluate(() => {
    const backgroundOf = (element: Element | null): string => {
      if (!element) return 'none';
      const { backgroundColor } = getComputedStyle(element);
      return backgroundColor === 'rgba(0, 0, 0, 0)' ? backgroundOf(element.parentElement) : backgroundColor;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: [string, string][] = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!element?.checkVisibility() || !walker.currentNode.textContent?.trim()) continue;
      found.push([getComputedStyle(element).color, backgroundOf(element)]);
    }
    return found;
  });
  return [...new Set(colours.map((pair) => pair.map(nameOf).join(' on ')))].sort();
}

function nameOf(rgb: string): string {
  const [red = 0, green = 0] = rgb.match(/\d+/g)?.map(Number) ?? [];
  const mode: Mode | undefined = { 16: 'light', 32: 'dark' }[red] as Mode | undefined;
  return mode ? `${mode} ${NAMES[green / 16]}` : rgb;
}

function named(mode: Mode): string[] {
  const pair = (foreground: ColourName, background: ColourName) =>
    `${mode} ${foreground} on ${mode} ${background}`;
  return colourPairs(theme.parse(COLOURS))
    .filter((one) => one.mode === mode)
    .map(({ foreground, background }) => pair(foreground, background))
    .sort();
}

describe('color pairs', () => {
  it.each(['light', 'dark'] as const)('are the ones with checked contrast, in the %s', async (scheme) => {
    const all = new Set<string>();
    for (const file of forms) {
      const { page } = await pages.show('1', file, { scheme });
      for (const pair of await seen(page)) all.add(pair);
      await page.close();
    }
    expect([...all].sort()).toEqual(named(scheme));
  });

  it('are the dark ones in the dark mode of Outlook.com', async () => {
    const dark = await pages.show('1', 'email.html', { scheme: 'dark' });
    const outlook = await pages.show('1', 'email.html', { scheme: 'light' });
    await outlook.page.evaluate(() => {
      for (const mark of ['data-ogsc', 'data-ogsb']) document.documentElement.setAttribute(mark, '');
    });
    expect(await seen(outlook.page)).toEqual(await seen(dark.page));
    await Promise.all([dark.page.close(), outlook.page.close()]);
  });
});
