import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from './axe.js';
import { Pages } from './pages.js';
import { ROOT, SITE } from './samples.js';

/** An email is shown inside a page of the mail program, which has the landmarks. */
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

describe('axe finds no violations', () => {
  it.each(views)('in issue $issue, $file, $scheme, $width pixels', async ({ issue, file, ...view }) => {
    const { page } = await pages.show(issue, file, view);
    const { violations, passes } = await audit(page, file === 'email.html' ? OF_A_PAGE : []);
    expect(violations).toEqual([]);
    expect(passes).toEqual(
      expect.arrayContaining(['color-contrast', 'heading-order', 'image-alt', 'link-name']),
    );
    await page.close();
  });
});
