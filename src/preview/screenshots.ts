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

/** Email and page on phone and desktop, light and dark, and the email with images blocked. */
const SHOTS: readonly Shot[] = FRAMES.flatMap((file) =>
  Object.values(DEVICES).flatMap((width): Shot[] => [
    { file, width, scheme: 'light', pictures: 'on' },
    { file, width, scheme: 'dark', pictures: 'on' },
    ...(file === 'email.html' ? [{ file, width, scheme: 'light', pictures: 'off' } as const] : []),
  ]),
);

/**
 * Takes full-page PNG screenshots of an issue.
 * @param preview the running preview
 * @returns paths of the screenshots
 * @throws ObnError with every finding when the issue cannot be rendered, or if there is no browser.
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

/** Turns a failure of the server into an error. */
function refusalOf({ error, findings, hint }: Failure = { error: 'the preview did not respond' }): ObnError {
  return findingsError(error, findings ?? [], hint);
}
