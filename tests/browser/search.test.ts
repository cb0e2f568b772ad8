import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SearchDocument, SearchFiles } from '../../src/site/search/index.js';
import { indexText } from '../../src/site/search/text.js';
import { temporaryFolder } from '../site/temporary.js';
import { startBrowser } from '../support/browser.js';
import { startWebServer } from '../support/web-server.js';
import { audit } from './axe.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const BUILT = join(import.meta.dirname, '../../dist/site/search/index.js');
/** As strict as a host can be: nothing but files of the site. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
};
/** Under a path, as archives of a larger site are. */
const BASE = '/news';

const THEME = (scheme: string) =>
  scheme === 'dark'
    ? '--accent:#fb923c;--text:#e8e6f0;--muted:#a8a4bd;--surface:#1d1b28;--tint:#292638;--border:#3a3650'
    : '--accent:#c2410c;--text:#26233a;--muted:#5f5b75;--surface:#fff;--tint:#f6f4f9;--border:#e2deea';

function issues(): SearchDocument[] {
  const about = (number: number) => ({
    key: `issue${number}`.padEnd(12, 'x'),
    url: `${BASE}/issues/${number}/`,
    number,
    title: titleOf(number),
    date: `2024-03-${String(number).padStart(2, '0')}`,
    read: async () => indexText(titleOf(number), textOf(number)),
  });
  return Array.from({ length: 25 }, (_, index) => about(index + 1));
}

const titleOf = (number: number) =>
  number === 3 ? 'The <img src=x onerror=alert(1)> monolith' : `Clouds, part ${number}`;

const textOf = (number: number) => [
  { anchor: '', heading: '', text: `Welcome to number ${number}.` },
  {
    anchor: 'story',
    heading: 'A story of functions',
    text: 'Words before it. '.repeat(30) + sentence(number),
  },
];

const sentence = (number: number) => (number === 7 ? 'A lone pangolin walked by.' : 'Nothing walked by.');

interface Options {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  /** Lets a test put scripts of its own into the page. */
  readonly bypassCSP?: boolean;
  /** Files that are not there at first. */
  readonly missing?: Set<string>;
}

/** A page with the search of 25 issues, its requests and its errors. */
async function open({ scheme = 'light', width = 900, bypassCSP = false, missing = new Set() }: Options = {}) {
  const { searchFiles } = (await import(BUILT)) as {
    searchFiles(documents: readonly SearchDocument[], cache: string): Promise<SearchFiles>;
  };
  const { files, immutable } = await searchFiles(issues(), temporaryFolder());
  const contents = new Map<string, string | Uint8Array>([
    ['', pageHtml],
    [
      'page.css',
      `:root{color-scheme:${scheme};--radius:10px;${THEME(scheme)}}body{background:var(--surface);color:var(--text)}`,
    ],
    ['page.js', PAGE_SCRIPT],
    ...files.map(({ path, content }) => [path, content] as const),
  ]);
  for (const { path, read } of immutable) contents.set(path, await read());
  for (const { number } of issues()) contents.set(`issues/${number}/`, pageHtml);
  const paths = [...contents].map(([path, content]) => {
    const type = TYPES[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? 'text/html';
    const headers = { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY };
    return [
      `${BASE}/${path}`,
      (_: unknown, response: import('node:http').ServerResponse) =>
        response.writeHead(missing.has(path) ? 404 : 200, headers).end(content),
    ] as const;
  });
  const server = await startWebServer(Object.fromEntries(paths));
  const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  onTestFinished(async () => {
    await context.close();
    await server[Symbol.asyncDispose]();
  });
  await page.goto(`${server.url}${BASE}/`);
  return { page, server, complaints, missing };
}

const pageHtml = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clouds</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="${BASE}/page.css">
<link rel="icon" href="data:,"><script type="module" src="${BASE}/page.js"></script></head>
<body><main><h1>Clouds</h1><button type="button">Search</button><p id="story">A story</p></main></body></html>`;
const PAGE_SCRIPT = `document.querySelector('button').addEventListener('click', async () => {
  const { openSearch } = await import('./assets/search.js');
  await openSearch({ language: 'en' });
});`;

async function search(page: Page, query: string) {
  if (!(await page.locator('dialog[open]').count()))
    await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill(query);
}

const results = (page: Page) => page.locator('#search-results li');
const status = (page: Page) => page.getByRole('status').textContent();
const focused = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('#search-results a')].indexOf(document.activeElement as Element),
  );

describe('the search', () => {
  it('loads on demand and sends requests only to its own site', async () => {
    const { page, server, complaints } = await open();
    expect(server.requests.filter((request) => /search/.test(request))).toEqual([]);
    await search(page, 'pangolin');
    await expect.poll(() => status(page)).toBe('1 issue');
    await expect.poll(() => results(page).locator('mark').allTextContents()).toEqual(['pangolin']);
    expect(server.requests.filter((request) => request.includes('/texts/'))).toHaveLength(1);
    expect(server.requests.filter((request) => request.includes('/words/'))).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('shows the newest issues before a query', async () => {
    const { page } = await open();
    await search(page, '');
    await expect.poll(() => status(page)).toBe('Newest issues');
    await expect
      .poll(() => results(page).first().textContent())
      .toContain('#25 · March 25, 2024Clouds, part 25');
  });

  it('shows title, date, section and excerpt, and links to the section', async () => {
    const { page } = await open();
    await search(page, 'pango');
    const link = results(page).getByRole('link');
    await expect.poll(() => link.getAttribute('href')).toBe(`${BASE}/issues/7/#story`);
    const text = await link.innerText();
    expect(text).toMatch(
      /#7 · March 7, 2024\s+Clouds, part 7\s+A story of functions\s+… .*A lone pangolin walked by\.$/s,
    );
  });

  it('shows the title of an issue as text', async () => {
    const { page, complaints } = await open();
    await search(page, 'monolith');
    await expect
      .poll(() => results(page).locator('strong').textContent())
      .toBe('The <img src=x onerror=alert(1)> monolith');
    expect(await results(page).locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('reports no results', async () => {
    const { page } = await open();
    await search(page, 'zebra');
    await expect.poll(() => status(page)).toBe('No issues match “zebra”');
    expect(await results(page).count()).toBe(0);
  });

  it('shows ten at a time', async () => {
    const { page } = await open();
    await search(page, 'clouds');
    await expect.poll(() => status(page)).toBe('24 issues');
    expect(await results(page).count()).toBe(10);
    await page.getByRole('button', { name: 'More results' }).click();
    expect(await results(page).count()).toBe(20);
    expect(await focused(page)).toBe(10);
    await page.getByRole('button', { name: 'More results' }).click();
    expect(await results(page).count()).toBe(24);
    expect(await page.getByRole('button', { name: 'More results' }).count()).toBe(0);
  });

  it('reports failed requests, and works once they succeed', async () => {
    const { page, missing } = await open({ missing: new Set(['search/index.json']) });
    await search(page, 'pangolin');
    await expect.poll(() => status(page)).toMatch(/could not be loaded/);
    missing.clear();
    await search(page, 'pangolins');
    await expect.poll(() => status(page)).toBe('1 issue');
  });
});

describe('the search by keyboard', () => {
  it('moves through the results and back to typing', async () => {
    const { page } = await open();
    await search(page, 'clouds');
    await expect.poll(() => status(page)).toBe('24 issues');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(0);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(1);
    await page.keyboard.press('End');
    expect(await focused(page)).toBe(9);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe(-1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('x');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('cloudsx');
  });

  it('opens the best result with Enter, even before it is shown', async () => {
    const { page, server } = await open();
    await search(page, '');
    await page.keyboard.type('pangolin');
    await page.keyboard.press('Enter');
    await page.waitForURL(/issues\/7\//);
    expect(server.requests.filter((request) => /issues/.test(request))).toHaveLength(1);
  });

  it('closes with Escape, restores the focus and keeps the query', async () => {
    const { page } = await open();
    await search(page, 'pangolin');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Search');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('pangolin');
  });
});

describe('the search dialog', () => {
  it.each([
    ['light', 900],
    ['dark', 900],
    ['light', 360],
  ] as const)('is accessible and fits: %s, %i pixels wide', async (scheme, width) => {
    const { page } = await open({ scheme, width, bypassCSP: true });
    await search(page, 'clouds');
    await expect.poll(() => results(page).locator('.search-text').count()).toBe(10);
    await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));
    const box = await page.locator('dialog').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const { violations, passes } = await audit(page);
    expect(violations).toEqual([]);
    expect(passes).toContain('color-contrast');
  });
});
