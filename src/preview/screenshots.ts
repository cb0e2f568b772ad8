import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { findingsError, type ObnError } from '../findings/error.js';
import { startBrowser } from '../platform/browser.js';
import { writeFile } from '../platform/files.js';
import type { Environment } from '../platform/process.js';
import type { Preview } from './preview.js';
import { FRAMES, type Frame } from './preview-files.js';
import type { Failure } from './protocol.js';

interface Shot {
  readonly file: Frame;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  readonly pictures: 'on' | 'off';
}

const DEVICES = { phone: 375, desktop: 800 } as const;
const HEIGHT = 800;
const SHOWN_AS: Readonly<Record<Frame, string>> = { 'email.html': 'mail', 'web.html': 'web' };

/** Mail and page on a phone and a desktop, in light and dark, and the mail with its pictures blocked. */
const SHOTS: readonly Shot[] = FRAMES.flatMap((file) =>
  Object.values(DEVICES).flatMap((width): Shot[] => [
    { file, width, scheme: 'light', pictures: 'on' },
    { file, width, scheme: 'dark', pictures: 'on' },
    ...(file === 'email.html' ? [{ file, width, scheme: 'light', pictures: 'off' } as const] : []),
  ]),
);

/**
 * Takes pictures of an issue, whole pages as PNG.
 * @param preview that is running
 * @returns the files that were written
 * @throws ObnError with every finding when the issue cannot be rendered, and when there is no browser.
 */
export async function takeScreenshots(
  preview: Preview,
  issue: number,
  folder: string,
  env: Environment,
): Promise<string[]> {
  const browser = await startBrowser(env);
  try {
    const context = await browser.newContext();
    await (await context.newPage()).goto(preview.admit('/'));
    const files: string[] = [];
    for (const shot of SHOTS) {
      const file = join(folder, nameOf(issue, shot));
      await writeFile(file, await take(context, preview.url, issue, shot));
      files.push(file);
    }
    return files;
  } finally {
    await browser.close();
  }
}

function nameOf(issue: number, { file, width, scheme, pictures }: Shot): string {
  const device = width === DEVICES.phone ? 'phone' : 'desktop';
  return `${String(issue).padStart(3, '0')}-${SHOWN_AS[file]}-${device}-${pictures === 'off' ? 'no-pictures' : scheme}.png`;
}

async function take(context: BrowserContext, url: string, issue: number, shot: Shot): Promise<Buffer> {
  const { file, width, scheme, pictures } = shot;
  const page = await context.newPage();
  try {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.emulateMedia({ colorScheme: scheme });
    const answer = await page.goto(`${url}/issues/${issue}/${file}?scheme=${scheme}&pictures=${pictures}`);
    if (!answer?.ok()) throw refusalOf((await answer?.json()) as Failure | undefined);
    return await page.screenshot({ fullPage: true });
  } finally {
    await page.close();
  }
}

/** What the server would not show is no picture. */
function refusalOf({ error, findings, hint }: Failure = { error: 'the preview gives no answer' }): ObnError {
  return findingsError(error, findings ?? [], hint);
}
