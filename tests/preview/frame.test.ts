import { describe, expect, it } from 'vitest';
import { localPictures, withMarks, withOwnTabs, withScheme } from '../../src/preview/frame.js';

const SITE = 'https://weekly.example.com';
const local = (html: string, known = ['images/a b.png', 'images/c.png']) =>
  localPictures(html, SITE, (path) => (known.includes(path) ? 7 : undefined), '/pictures');

describe('pictures', () => {
  it('of the own site come from the folder, and those that are not there do not', () => {
    const html = `<img src="${SITE}/images/a%20b.png"><img src="${SITE}/images/gone.png">`;
    expect(local(html)).toEqual({
      html: `<img src="/pictures/images/a%20b.png?v=7"><img src="${SITE}/images/gone.png">`,
      remote: 1,
    });
  });

  it('are found in every attribute and style that loads one', () => {
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

  it('of others are counted once each, and links are no pictures', () => {
    const html = `<img src="https://x.example/1.png"><img src="https://x.example/1.png"><a href="${SITE}/images/c.png">`;
    expect(local(html)).toEqual({ html, remote: 1 });
  });

  it('of a site whose name only begins like the own one are of others', () => {
    expect(local(`<img src="${SITE}.evil.example/images/c.png">`).remote).toBe(1);
  });
});

describe('an appearance', () => {
  const query = (scheme: string) => `@media (prefers-color-scheme: ${scheme}){a{color:red}}`;

  it('is shown whatever the browser is set to', () => {
    const html = `<style>${query('dark')}</style><source media="(prefers-color-scheme:dark)">`;
    expect(withScheme(html, 'dark')).toBe(
      '<style>@media (min-width:0){a{color:red}}</style><source media="(min-width:0)">',
    );
    expect(withScheme(html, 'light')).toBe(
      '<style>@media (max-width:0){a{color:red}}</style><source media="(max-width:0)">',
    );
  });

  it('is told to the browser, which paints what is not styled', () => {
    const html =
      '<meta name="color-scheme" content="light dark"><style>:root{color-scheme:light dark}</style>';
    expect(withScheme(html, 'dark')).toBe(
      '<meta name="color-scheme" content="dark"><style>:root{color-scheme:dark}</style>',
    );
  });

  it('changes nothing that is written about it', () => {
    const html = `<code>${query('dark')}</code>`;
    expect(withScheme(html, 'dark')).toBe(html);
  });
});

describe('marks', () => {
  it('stand where they are put', () => {
    expect(withMarks('<p>a</p><p>b</p>', [{ offset: 8, text: 'x' }])).toBe('<p>a</p><!--x--><p>b</p>');
  });

  it('never stand within a comment or a tag', () => {
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

it('links open in a tab of their own', () => {
  expect(withOwnTabs('<html><head lang="en"><title>x</title>')).toBe(
    '<html><head lang="en"><base target="_blank"><title>x</title>',
  );
});
