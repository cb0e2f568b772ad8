import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, BrowserType } from 'playwright-core';
import { configurationError } from '../findings/error.js';
import type { Environment } from './process.js';

/** Chromium-based browsers, by their names on PATH. */
const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'brave-browser',
];
/** Channels that Playwright finds in the default locations. */
const CHANNELS = ['chrome', 'msedge', 'chromium'];

/**
 * Starts a browser of this machine: the one in CHROME_PATH, or Chrome, Chromium, Edge or Brave.
 * @throws ObnError when there is none, it does not start, or its driver package is not installed.
 */
export async function startBrowser(env: Environment): Promise<Browser> {
  const path = env.CHROME_PATH ?? onPath(env.PATH ?? '');
  // The Chromium sandbox does not work for root, the default user of most containers.
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
  const hint = 'install Chrome, Chromium or Edge, or set CHROME_PATH to a browser';
  const what = path ? `the browser ${path} does not start` : 'no browser found on this machine';
  throw configurationError(what, { hint, cause });
}

/** The driver is an optional package, because few people take screenshots. */
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
