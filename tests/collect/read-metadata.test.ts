import { describe, expect, it } from 'vitest';
import { decodeHtml } from '../../src/collect/decode-html.js';
import { readMetadata } from '../../src/collect/read-metadata.js';

const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`;
const jsonLd = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
const titleOf = (html: string) => readMetadata(html).title;

describe('metadata', () => {
  it('come from Open Graph and meta elements', () => {
    const html = [
      '<!doctype html><html><head><title>Raw | The Site</title><svg><title>Icon</title></svg>',
      meta('og:title', 'A &amp; B'),
      meta('og:site_name', 'The Site'),
      meta('article:author', 'https://facebook.example/ada'),
      '<meta name="Author" content="Ada Lovelace">',
      meta('article:published_time', '2018-09-04T10:00:00+02:00'),
      '<META NAME=description CONTENT="About it">',
      '<link rel="canonical" href="/p"></head>',
    ].join('\n');
    expect(readMetadata(html)).toEqual({
      ...{ title: 'A & B', author: 'Ada Lovelace', source: 'The Site', date: '2018-09-04' },
      ...{ description: 'About it', canonical: '/p' },
    });
  });

  it('come from JSON-LD, with authors that it only refers to', () => {
    const graph = [
      { '@type': 'WebSite', name: 'Not this one' },
      { '@type': 'Person', '@id': '#grace', name: 'Grace Hopper' },
      {
        '@type': ['BlogPosting'],
        headline: 'Nanoseconds &#8211; explained',
        author: [{ '@id': '#grace' }, { name: 'Ada' }, 'Alan'],
        publisher: { name: 'The Navy' },
        datePublished: '2020-01-02',
      },
    ];
    expect(readMetadata(jsonLd({ '@graph': graph }))).toMatchObject({
      ...{ title: 'Nanoseconds – explained', author: 'Grace Hopper, Ada, Alan', source: 'The Navy' },
      date: '2020-01-02',
    });
  });

  it('come from the title alone, without the name of the site', () => {
    expect(titleOf('<title>\n One\n title </title><title>Two</title>')).toBe('One title');
    expect(titleOf(`<title>A - b | The Site</title>${meta('og:site_name', 'The Site')}`)).toBe('A - b');
    expect(titleOf(`<title>The Site</title>${meta('og:site_name', 'The Site')}`)).toBe('The Site');
  });

  it.each([
    ['no HTML', 'plain words'],
    ['an empty page', ''],
    ['an empty title', '<title> \u200b </title>'],
    ['JSON-LD that is not JSON', '<script type="application/ld+json">{"headline":</script>'],
    ['JSON-LD of other types', jsonLd([null, 1, 'x', { '@type': 7 }, { '@type': 'Article', headline: {} }])],
    ['JSON-LD that is nested deep', `<script type="application/ld+json">${'['.repeat(200_000)}</script>`],
  ])('are missing in %s', (_, html) => {
    expect(titleOf(html)).toBeUndefined();
  });

  it('ignores an invalid date', () => {
    expect(readMetadata(meta('date', '2020-99-99')).date).toBeUndefined();
    expect(readMetadata(meta('date', 'yesterday')).date).toBeUndefined();
  });
});

describe('a hostile title', () => {
  it('loses control characters and directional overrides, and keeps its script', () => {
    expect(titleOf('<title>a\u0000b\u001b[31m\u202ec\u2028d</title>')).toBe('a b [31m c d');
    expect(titleOf('<title>שלום עולם 👩‍💻</title>')).toBe('שלום עולם 👩‍💻');
  });

  it('of 10,000 letters is cut at a word', () => {
    const title = titleOf(`<title>${'word '.repeat(2_000)}</title>`) ?? '';
    expect(title).toMatch(/^(word )+word…$/);
    expect(title.length).toBeLessThanOrEqual(200);
    expect(titleOf(`<title>${'x'.repeat(10_000)}</title>`)).toHaveLength(200);
    expect(titleOf(`<title>e${'\u0301'.repeat(10_000)}</title>`)?.length).toBeLessThan(1_000);
  });

  it.each([
    ['{{email}}', '{ {email} }'],
    ['{{{{> tip}}}}', '{ { { {> tip} } } }'],
    ['{% if x %} {$name}', '{ % if x %} { $name}'],
    ['x # obn-ignore link/dead: y', 'x  obn-ignore link/dead: y'],
  ])('cannot use %s', (title, wanted) => {
    expect(titleOf(`<title>${title}</title>`)).toBe(wanted);
  });
});

describe('the encoding of a page', () => {
  const latin = Buffer.from('<title>caf\xe9</title>', 'latin1');

  it.each([
    ['the header', latin, 'text/html; charset=ISO-8859-1'],
    ['the page', Buffer.concat([Buffer.from('<meta charset=windows-1252>'), latin]), 'text/html'],
    ['UTF-8', Buffer.from('<title>café</title>'), undefined],
    ['an unknown name', Buffer.from('<title>café</title>'), 'text/html; charset=klingon'],
    ['a byte order mark', Buffer.from('\ufeff<title>café</title>', 'utf16le'), 'text/html; charset=utf-8'],
  ])('comes from %s', (_, bytes, type) => {
    expect(titleOf(decodeHtml(bytes, type))).toBe('café');
  });
});
