import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { servePictures, startBrowser } from '../support/browser.js';
import { obn } from '../support/cli.js';

export interface View {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  /** Whether images are blocked, the default of many mail programs. */
  readonly blocked?: boolean;
}

/** Rendered issues of a newsletter, in a browser that loads only images of the newsletter's site. */
export class Pages {
  private constructor(
    private readonly browser: Browser,
    private readonly root: string,
    private readonly site: string,
    private readonly out: string,
  ) {}

  /** @param site the origin of `newsletter.url`. */
  static async open(root: string, site: string, issues: readonly string[]): Promise<Pages> {
    const out = mkdtempSync(join(tmpdir(), 'obn-pages-'));
    for (const issue of issues) {
      const { code, stderr } = await obn(root, ['render', issue, '--out', join(out, issue)]);
      expect(code, stderr).toBe(0);
    }
    return new Pages(await startBrowser(), root, site, out);
  }

  /**
   * Opens a file of an issue with its images loaded, and returns the page and its requests to other sites.
   */
  async show(issue: string, file: string, { width = 800, scheme = 'light', blocked = false }: View = {}) {
    const page = await this.browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    const foreign = await servePictures(page, this.site, this.root);
    if (blocked) await page.route(`${this.site}/**`, (route) => route.abort());
    await page.goto(`file://${join(this.out, issue, file)}`);
    await loadPictures(page);
    return { page, foreign };
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.out, { recursive: true, force: true });
  }
}

async function loadPictures(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const images = [...document.images].filter((image) => image.checkVisibility());
    for (const image of images) image.loading = 'eager';
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
  });
}
