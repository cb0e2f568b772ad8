import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../site/temporary.js';
import { startBrowser } from '../support/browser.js';
import { obn } from '../support/cli.js';
import { audit } from './axe.js';
import { overflow } from './measure.js';
import { ROOT } from './samples.js';

const BASE = '/news';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
};
/** A content security policy that a host may set. Styles are inline, scripts are not. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'";

let browser: Browser;
let origin: string;
let close: () => void;

/** The site of this repository, below a path, as hosts of plain files serve it. */
beforeAll(async () => {
  const site = temporaryFolder();
  const built = await obn(ROOT, ['archive', '--base', BASE, '--out', site, '--check']);
  expect(built.code).toBe(0);
  const server = createServer(({ url = '/' }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://host').pathname);
    const asked = path.startsWith(`${BASE}/`) ? join(site, path.slice(BASE.length)) : '';
    const status = statSync(asked, { throwIfNoEntry: false });
    const file = status?.isDirectory() ? join(asked, 'index.html') : asked;
    const found = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
    const headers = { 'content-type': TYPES[extname(found ? file : '404.html')] ?? 'text/plain' };
    response.writeHead(found ? 200 : 404, { ...headers, 'content-security-policy': POLICY });
    response.end(readFileSync(found ? file : join(site, '404.html')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startBrowser();
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterAll(async () => {
  await browser?.close();
  close?.();
});

/** A page of the site. Console errors and requests to other sites fail the test. */
async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: false, ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) wrong.push(`asks ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(wrong).toEqual([]);
  });
  await page.goto(`${origin}${BASE}${path}`);
  return page;
}

const PAGES = ['/', '/issues/', '/issues/1/', '/issues/2/', '/issues/3/'];
const looks = PAGES.flatMap((path) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    [colorScheme === 'light' ? 390 : 1280].map((width) => ({ path, colorScheme, width })),
  ),
);

describe('a page of the archive', () => {
  it.each(looks)(
    '$path is accessible, $colorScheme, at $width pixels',
    async ({ path, colorScheme, width }) => {
      const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
      expect((await audit(await visit(path, options))).violations).toEqual([]);
    },
  );

  it.each(PAGES.flatMap((path) => [320, 390].map((width) => ({ path, width }))))(
    '$path fits into $width pixels',
    async ({ path, width }) => {
      const page = await visit(path, { viewport: { width, height: 800 } });
      expect(await overflow(page)).toEqual({ wider: 0, out: [] });
    },
  );

  it('is dark on a dark device', async () => {
    const brightness = async (colorScheme: 'light' | 'dark') => {
      const page = await visit('/', { colorScheme });
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      return Number(/\d+/.exec(colour)?.[0]);
    };
    expect(await brightness('light')).toBeGreaterThan(200);
    expect(await brightness('dark')).toBeLessThan(60);
  });

  it('shows images in screen sizes with reserved space', async () => {
    const page = await visit('/issues/1/', { viewport: { width: 390, height: 800 } });
    const pictures = page.locator('main img');
    expect(await pictures.count()).toBeGreaterThan(1);
    for (const picture of await pictures.all()) {
      await picture.scrollIntoViewIfNeeded();
      await expect
        .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth))
        .toBeGreaterThan(0);
      const { width, height, shown } = await picture.evaluate((img: HTMLImageElement) => ({
        width: img.getAttribute('width'),
        height: img.getAttribute('height'),
        shown: img.currentSrc,
      }));
      expect(Number(width) * Number(height)).toBeGreaterThan(0);
      expect(shown).toMatch(/\/news\/pictures\/.*-480\.(webp|png)$/);
    }
  });

  it('prints without screen elements', async () => {
    const page = await visit('/issues/2/');
    await page.emulateMedia({ media: 'print' });
    for (const part of ['nav.site', '.neighbours', '.skip']) {
      expect(await page.locator(part).isVisible(), part).toBe(false);
    }
    expect(await page.locator('article h1').isVisible()).toBe(true);
  });
});

describe('a reader', () => {
  it('can go from the home page through all issues and back', async () => {
    const page = await visit('/');
    await page.getByRole('link', { name: 'Read issue #3' }).click();
    await page.waitForURL('**/news/issues/3/');
    await page.getByRole('link', { name: /^Previous: issue #2/ }).click();
    await page.waitForURL('**/news/issues/2/');
    await page.getByRole('link', { name: /^Next: issue #3/ }).click();
    await page.waitForURL('**/news/issues/3/');
    await page.getByRole('link', { name: 'Issues', exact: true }).click();
    await page.waitForURL('**/news/issues/');
    await page.getByRole('link', { name: /Cold starts/ }).click();
    await page.waitForURL('**/news/issues/1/');
    expect(await page.getByRole('link', { name: /^Previous/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Off-by-none' }).first().click();
    await page.waitForURL('**/news/');
  });

  it('can link to every section', async () => {
    const page = await visit('/issues/3/');
    const heading = page.locator('h2 .permalink').nth(2);
    await heading.click();
    const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
    const top = await page.locator(`[id="${id}"]`).evaluate((section) => section.getBoundingClientRect().top);
    expect(Math.abs(top)).toBeLessThan(300);
  });

  it('can turn pages with j and k, but not while typing', async () => {
    const page = await visit('/issues/2/');
    await page.keyboard.press('k');
    await page.waitForURL('**/news/issues/1/');
    await page.keyboard.press('j');
    await page.waitForURL('**/news/issues/2/');
    await page.keyboard.press('Control+j');
    await page.keyboard.press('/');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('jk');
    expect(new URL(page.url()).pathname).toBe('/news/issues/2/');
  });

  it('can skip to the issue', async () => {
    const page = await visit('/issues/2/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the issue');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#content');
  });

  it('can search all issues and open a result', async () => {
    const page = await visit('/issues/3/');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    expect(asked.filter((url) => url.includes('search'))).toEqual([]);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('shilkov');
    const result = page
      .locator('#search-results')
      .getByRole('link', { name: /Cold starts, warm hearts/ })
      .first();
    await result.waitFor();
    expect(asked.some((url) => url.includes('/news/search/'))).toBe(true);
    await result.press('Enter');
    await page.waitForURL('**/news/issues/1/**');
  });

  it('can read everything without JavaScript and sees no dead buttons', async () => {
    const page = await visit('/issues/3/', { javaScriptEnabled: false });
    expect(await page.getByRole('button', { name: 'Search' }).count()).toBe(0);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('monolith');
    await page.getByRole('link', { name: 'Issues', exact: true }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('All issues');
  });
});

it('responds to an unknown URL with a helpful page', async () => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const answer = await page.goto(`${origin}${BASE}/nowhere/at/all`);
  expect(answer?.status()).toBe(404);
  await page.getByRole('link', { name: 'All issues' }).click();
  await page.waitForURL('**/news/issues/');
});
