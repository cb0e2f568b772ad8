import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pages } from './pages.js';
import { ROOT, SITE } from './samples.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A mail is shown within a page of the mail program, which has the landmarks and the main part. */
const OF_A_PAGE = ['region', 'landmark-one-main'];

let pages: Pages;
beforeAll(async () => {
  pages = await Pages.open(ROOT, SITE, ['1', '2', '3']);
});
afterAll(() => pages?.close());

const views = ['1', '2', '3'].flatMap((issue) =>
  ['email.html', 'web.html'].flatMap((file) =>
    (['light', 'dark'] as const).flatMap((scheme) =>
      [375, 800].map((width) => ({ issue, file, scheme, width })),
    ),
  ),
);

describe('axe finds nothing to object to', () => {
  it.each(views)('in issue $issue, $file, $scheme, $width pixels', async ({ issue, file, ...view }) => {
    const { page } = await pages.show(issue, file, view);
    await page.addScriptTag({ path: AXE });
    const { violations, passes } = await page.evaluate(
      ([tags, off]) =>
        (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
          runOnly: { type: 'tag', values: tags },
          rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
        }),
      [TAGS, file === 'email.html' ? OF_A_PAGE : []] as const,
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['color-contrast', 'heading-order', 'image-alt', 'link-name']),
    );
    await page.close();
  });
});
