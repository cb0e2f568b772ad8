import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, BrowserType } from 'playwright-core';
import { configurationError } from '../findings/error.js';
import type { Environment } from './process.js';

/** Browsers that take commands of Chromium, by what they are called on PATH. */
const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'brave-browser',
];
/** What Playwright finds where each system installs it. */
const CHANNELS = ['chrome', 'msedge', 'chromium'];

/**
 * Starts a browser that this machine has: the one that CHROME_PATH names, or Chrome, Chromium, Edge or Brave.
 * @throws ObnError when there is none, or it does not start, or the package that drives it is not installed.
 */
export async function startBrowser(env: Environment): Promise<Browser> {
  const path = env.CHROME_PATH ?? onPath(env.PATH ?? '');
  // Chromium's own sandbox does not work for root, which is who runs in most containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const ways = path ? [{ executablePath: path }] : CHANNELS.map((channel) => ({ channel }));
  const chromium = await loadDriver();
  let cause: unknown;
  for (const way of ways) {
    try {
      return await chromium.launch({ ...way, args });
    } catch (error) {
      cause = error;
    }
  }
  const hint = 'install Chrome, Chromium or Edge, or name one by CHROME_PATH';
  const what = path ? `the browser ${path} does not start` : 'there is no browser on this machine';
  throw configurationError(what, { hint, cause });
}

/** Few people take screenshots, so the driver is a package that they install themselves. */
async function loadDriver(): Promise<BrowserType> {
  try {
    return (await import('playwright-core')).chromium;
  } catch (cause) {
    throw configurationError('screenshots need the package playwright-core, which is not installed', {
      hint: 'install it beside obn: npm install playwright-core',
      cause,
    });
  }
}

function onPath(path: string): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) =>
    existsSync(file),
  );
}
