import { existsSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];

/** Starts a Chromium that comes from npm. */
export async function startBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: await chromium.executablePath(), args: ARGS });
}

/** A program of the shell that starts this browser, for what looks for one on the machine. */
export async function browserProgram(): Promise<string> {
  return `#!/bin/sh\nexec '${await chromium.executablePath()}' ${ARGS.join(' ')} "$@"\n`;
}

/**
 * Answers requests for the pictures of a newsletter's site from its issues/ folder, and refuses every other request to
 * the network. @returns the addresses that were refused.
 */
export async function servePictures(page: Page, site: string, root: string): Promise<string[]> {
  const foreign: string[] = [];
  await page.route(/^https?:/, async (route) => {
    const url = new URL(route.request().url());
    const file = join(root, 'issues', decodeURIComponent(url.pathname));
    if (url.origin === site && existsSync(file)) return route.fulfill({ path: file });
    foreign.push(url.href);
    return route.abort();
  });
  return foreign;
}
