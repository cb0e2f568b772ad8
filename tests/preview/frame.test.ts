import { describe, expect, it } from 'vitest';
import { localPictures, withMarks, withOwnTabs, withScheme } from '../../src/preview/frame.js';

const SITE = 'https://weekly.example.com';
const local = (html: string, known = ['images/a b.png', 'images/c.png']) =>
  localPictures(html, SITE, (path) => (known.includes(path) ? 7 : undefined), '/pictures');

describe('images', () => {
  it('of the site come from its folder if they exist', () => {
    const html = `<img src="${SITE}/images/a%20b.png"><img src="${SITE}/images/gone.png">`;
    expect(local(html)).toEqual({
      html: `<img src="/pictures/images/a%20b.png?v=7"><img src="${SITE}/images/gone.png">`,
      remote: 1,
    });
  });

  it('are found in every attribute and style that loads images', () => {
    const html = [
      `<td background="${SITE}/images/c.png">`,
      `<source srcset="${SITE}/images/c.png 1x, ${SITE}/images/c.png 2x">`,
      `<i style="background:url(${SITE}/images/c.png)">`,
    ].join('');
    expect(local(html)).toEqual({
      html: [
        '<td background="/pictures/images/c.png?v=7">',
        '<source srcset="/pictures/images/c.png?v=7 1x, /pictures/images/c.png?v=7 2x">',
        '<i style="background:url(/pictures/images/c.png?v=7)">',
      ].join(''),
      remote: 0,
    });
  });

  it('of other sites are counted once each, and links are not counted', () => {
    const html = `<img src="https://x.example/1.png"><img src="https://x.example/1.png"><a href="${SITE}/images/c.png">`;
    expect(local(html)).toEqual({ html, remote: 1 });
  });

  it('of a site with the same name prefix are remote', () => {
    expect(local(`<img src="${SITE}.evil.example/images/c.png">`).remote).toBe(1);
  });
});

describe('a color scheme', () => {
  const query = (scheme: string) => `@media (prefers-color-scheme: ${scheme}){a{color:red}}`;

  it('applies whatever the browser prefers', () => {
    const html = `<style>${query('dark')}</style><source media="(prefers-color-scheme:dark)">`;
    expect(withScheme(html, 'dark')).toBe(
      '<style>@media (min-width:0){a{color:red}}</style><source media="(min-width:0)">',
    );
    expect(withScheme(html, 'light')).toBe(
      '<style>@media (max-width:0){a{color:red}}</style><source media="(max-width:0)">',
    );
  });

  it('is declared to the browser for unstyled content', () => {
    const html =
      '<meta name="color-scheme" content="light dark"><style>:root{color-scheme:light dark}</style>';
    expect(withScheme(html, 'dark')).toBe(
      '<meta name="color-scheme" content="dark"><style>:root{color-scheme:dark}</style>',
    );
  });

  it('does not change text that mentions it', () => {
    const html = `<code>${query('dark')}</code>`;
    expect(withScheme(html, 'dark')).toBe(html);
  });
});

describe('marks', () => {
  it('are inserted at their offsets', () => {
    expect(withMarks('<p>a</p><p>b</p>', [{ offset: 8, text: 'x' }])).toBe('<p>a</p><!--x--><p>b</p>');
  });

  it('are never inserted in a comment or a tag', () => {
    const html = '<!--[if mso]></td><td><![endif]--><p class="a">b</p>';
    expect(withMarks(html, [{ offset: 18, text: 'x' }])).toBe(
      '<!--[if mso]></td><td><![endif]--><!--x--><p class="a">b</p>',
    );
    expect(withMarks(html, [{ offset: 40, text: 'x' }])).toBe(
      '<!--[if mso]></td><td><![endif]--><p class="a"><!--x-->b</p>',
    );
  });

  it('keep their order', () => {
    const marks = [
      { offset: 2, text: 'b' },
      { offset: 0, text: 'a' },
    ];
    expect(withMarks('12', marks)).toBe('<!--a-->12<!--b-->');
  });
});

it('links open in a new tab', () => {
  expect(withOwnTabs('<html><head lang="en"><title>x</title>')).toBe(
    '<html><head lang="en"><base target="_blank"><title>x</title>',
  );
});
