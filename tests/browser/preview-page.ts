import type { Browser, FrameLocator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';
import { watchedPage } from './watched.js';

export interface OpenOptions {
  readonly files?: Readonly<Record<string, string | null>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Query of the page. Default: the first issue. */
  readonly address?: string;
  readonly query?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  /** Lets a test put scripts of its own into the page. */
  readonly bypassCSP?: boolean;
}

/** A newsletter, its preview, and a page that shows it. Records requests to other sites. */
export async function openPreview(browser: Browser, options: OpenOptions = {}) {
  const {
    files,
    config = {},
    query = '',
    address = `?issue=1${query}`,
    env = {},
    scheme = 'light',
    width = 1300,
    bypassCSP = false,
  } = options;
  const newsletter = makeNewsletter(files, { config });
  const { child, result } = spawnObn(newsletter.root, ['preview', '--port', '0', '--json'], {
    env,
    timeoutMs: 60_000,
  });
  result.catch(() => undefined);
  let talk = '';
  child.stderr?.on('data', (piece) => {
    talk += piece;
  });
  const printed = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (piece) => {
      text += piece;
      const found = /"url": "([^"]+)"/.exec(text)?.[1];
      if (found) resolve(found);
    });
  });
  const { origin: url, searchParams } = new URL(printed);
  const watched = await watchedPage(browser, url, { width, colorScheme: scheme, bypassCSP });
  const { context, page } = watched;
  onTestFinished(async () => {
    await context.close();
    child.kill();
  });
  const opened = new URL(address, url);
  opened.searchParams.set('key', searchParams.get('key') ?? '');
  await page.goto(opened.href);
  const mail = page.frameLocator('#frame');
  return { ...newsletter, ...watched, mail, url, child, result, talk: () => talk };
}

export const says = (frame: FrameLocator, text: string | RegExp) =>
  expect.poll(() => bodyText(frame)).toMatch(text);
export const bodyText = (frame: FrameLocator) => frame.locator('body').innerText();
export const query = (page: Page) => new URL(page.url()).search;
