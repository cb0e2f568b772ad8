import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface WatchedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Blocked requests to other sites. */
  readonly foreign: string[];
  /** What the page has written to the console, and its errors. */
  readonly noise: string[];
}

/** An empty page that may only send requests to one server. Records its requests and errors. */
export async function watchedPage(
  browser: Browser,
  url: string,
  { width, ...options }: BrowserContextOptions & { readonly width: number },
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();
  const foreign: string[] = [];
  const noise: string[] = [];
  // What the policy of the page keeps back does not come so far.
  await context.route(
    (asked) => !asked.href.startsWith(url),
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  return { context, page, foreign, noise };
}
