import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflow } from './measure.js';
import { Pages } from './pages.js';
import { ROOT, SITE } from './samples.js';

let pages: Pages;
beforeAll(async () => {
  pages = await Pages.open(ROOT, SITE, ['1', '2', '3']);
});
afterAll(() => pages?.close());

const forms = ['1', '2', '3'].flatMap((issue) => ['email.html', 'web.html'].map((file) => ({ issue, file })));

describe('on a phone', () => {
  it.each(forms.flatMap((form) => [320, 375, 414].map((width) => ({ ...form, width }))))(
    'issue $issue, $file fits into $width pixels',
    async ({ issue, file, width }) => {
      const { page } = await pages.show(issue, file, { width });
      expect(await overflow(page)).toEqual({ wider: 0, out: [] });
      await page.close();
    },
  );

  it.each(forms)('every target of issue $issue, $file is 44 pixels high or inline', async (form) => {
    const { page } = await pages.show(form.issue, form.file, { width: 375 });
    const targets = await page.evaluate(() => {
      const inText = (link: Element) =>
        link.closest('li, p')?.textContent?.trim() !== link.textContent?.trim() &&
        !link.matches('.quiet, .action a, .button, h2 a, h3 a');
      return [...document.querySelectorAll('a')]
        .filter((link) => link.checkVisibility() && !link.matches('.skip') && !inText(link))
        .map((link) => {
          const box = (link.querySelector('img') ?? link).getBoundingClientRect();
          return { name: link.textContent?.trim() || 'picture', width: box.width, height: box.height };
        });
    });
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter(({ width, height }) => height < 44 || width < 44)).toEqual([]);
    await page.close();
  });
});

describe('an email with blocked images', () => {
  it.each(['light', 'dark'] as const)('shows legible alt text in the %s', async (scheme) => {
    const { page } = await pages.show('2', 'email.html', { width: 375, scheme, blocked: true });
    const words = await page.evaluate(() =>
      [...document.images]
        .filter((image) => image.checkVisibility() && image.width > 1 && image.alt !== '')
        .map((image) => {
          const { color, fontSize, fontFamily, lineHeight } = getComputedStyle(image);
          const size = Number.parseFloat(fontSize);
          const dense = Number.parseFloat(lineHeight) / size;
          return { alt: image.alt, brightness: color.match(/\d+/)?.[0], size, fontFamily, dense };
        }),
    );
    expect(words.length).toBe(2);
    for (const { alt, brightness, size, fontFamily, dense } of words) {
      expect(Number(brightness) > 128, alt).toBe(scheme === 'dark');
      expect(size).toBeGreaterThanOrEqual(13);
      expect(fontFamily).toContain('Roboto');
      expect(dense).toBeGreaterThanOrEqual(1.2);
    }
    await page.close();
  });
});

describe('text at twice the size', () => {
  it.each(forms)('of issue $issue, $file fits into 375 pixels without clipping', async (form) => {
    const { page } = await pages.show(form.issue, form.file, { width: 375 });
    await page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>('body, body *')];
      const sizes = all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize) * 2);
      for (const [index, one] of all.entries()) {
        one.style.setProperty('font-size', `${sizes[index]}px`, 'important');
      }
    });
    expect(await overflow(page)).toEqual({ wider: 0, out: [] });
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowY === 'hidden')
        .filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0)
        .map((one) => one.outerHTML.slice(0, 120)),
    );
    expect(cut).toEqual([]);
    await page.close();
  });
});
