import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import createMarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { tidyAddress } from '../../src/text/address.js';
import { asHtml } from './texts.js';

const html = (source: string) => asHtml(source).text;

describe('raw HTML', () => {
  it.each([
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['a <b>c</b>', '<p>a &lt;b&gt;c&lt;/b&gt;</p>'],
    ['<div>\nblock\n</div>', '<p>&lt;div&gt;\nblock\n&lt;/div&gt;</p>'],
    ['<mj-raw>x</mj-raw>', '<p>&lt;mj-raw&gt;x&lt;/mj-raw&gt;</p>'],
    ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
  ])('%j is shown as text', (source, expected) => {
    expect(html(source)).toBe(expected);
  });
});

describe('a link that could run code', () => {
  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,x)',
    '[x](data:image/png;base64,AA)',
    '![x](data:image/png;base64,AA)',
    '![x](javascript:alert(1))',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '<javascript:alert(1)>',
    '[x][r]\n\n[r]: javascript:alert(1)',
  ])('is not a link: %s', (source) => {
    expect(html(source)).not.toMatch(/<(a|img)\b/);
  });
});

describe('a URL in text', () => {
  it.each([
    [
      'see https://x.example/a?b=1&c=2.',
      '<a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>.',
    ],
    ['(https://x.example/a_(b))', '(<a href="https://x.example/a_(b)">https://x.example/a_(b)</a>)'],
    ['<https://x.example>', '<a href="https://x.example">https://x.example</a>'],
    ['<jane@x.example>', '<a href="mailto:jane@x.example">jane@x.example</a>'],
  ])('%s becomes a link', (source, expected) => {
    expect(html(source)).toContain(expected);
  });

  it.each(['www.x.example', 'x.example/a', 'jane@x.example', 'node.js', 'readme.md'])(
    'without a scheme stays text: %s',
    (source) => {
      expect(html(source)).toBe(`<p>${source}</p>`);
    },
  );

  it('becomes a link wherever the library finds one in any piece of a text', () => {
    const plain = createMarkdownIt({ linkify: true });
    const finder = plain.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
    const match = finder.match.bind(finder);
    const normalize = plain.normalizeLink;
    plain.normalizeLink = (url) => normalize(tidyAddress(url));
    Object.assign(finder, { test: () => true, match: (text: string) => match(text) ?? [] });
    const pieces = [
      ...['https://a.example/b', 'HTTP://A.EXAMPLE', 'https://', '//a.example', ' // ', 'mailto:a@a.example'],
      ...['[x](https://b.example)', '[x](/y)', '[', '](', ')', '<', '>', '`', '\\', '*', '_'],
      ...['word', ' ', '\n', '\n\n', '.', ':', 'a@b.example', '> ', '\n1. '],
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''));
    fc.assert(
      fc.property(text, (source) => {
        expect(html(source)).toBe(plain.render(source).trimEnd());
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('Markdown', () => {
  it.each([
    ['grid', 'word '.repeat(30), 'word'],
    ['grid wide', 'infrastructure', 'a-word-of-eighteen'],
    ['grid long', 'https://a.example/an/address/of/some/length', 'infrastructure'],
    ['grid', '[a](https://a.example/an/address/of/some/length/that/nobody/sees)', 'b'],
  ])('marks tables with wide words: %s', (names, one, other) => {
    expect(html(`| a | b |\n|---|---|\n| ${one} | ${other} |`)).toContain(`<table class="${names}">`);
  });

  it('is CommonMark, with tables', () => {
    expect(html('**a** *b* `c` [d](https://x.example "t")')).toBe(
      '<p><strong>a</strong> <em>b</em> <code>c</code> <a href="https://x.example" title="t">d</a></p>',
    );
    expect(html('| a |\n|---|\n| b |')).toContain('<td class="cell">b</td>');
  });

  it('keeps quotes and dashes as typed', () => {
    expect(html(`"a" 'b' -- c...`)).toBe(`<p>&quot;a&quot; 'b' -- c...</p>`);
  });

  it('resolves every link and image, also in lists and quotes', () => {
    const seen: string[] = [];
    const note = (kind: string) => (address: string) => {
      seen.push(`${kind} ${address}`);
      return `https://changed.example/${seen.length}`;
    };
    const source =
      '[a](https://a.example) ![b](b.png)\n\n> - [![c](c.png)](https://c.example)\n\nhttps://d.example';
    const { text } = asHtml(
      source,
      {},
      {
        link: note('link'),
        picture: (src) => ({ src: note('picture')(src) }),
      },
    );
    expect(seen.sort()).toEqual([
      'link https://a.example',
      'link https://c.example',
      'link https://d.example',
      'picture b.png',
      'picture c.png',
    ]);
    expect(text.match(/(href|src)="https:\/\/changed\.example\/\d"/g)).toHaveLength(5);
  });
});

describe('any text as Markdown', () => {
  const SAFE = new Set(
    ['p', 'a', 'em', 'strong', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'img', 'br', 'hr', 's'].concat([
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
    ]),
  );
  const parts = fc.constantFrom(
    ...[
      '<',
      '>',
      '"',
      "'",
      '&',
      '(',
      ')',
      '[',
      ']',
      '!',
      '*',
      '_',
      '`',
      '\n',
      ' ',
      '- ',
      '> ',
      '# ',
      '|',
      '\\',
      '#',
    ],
    ...[
      '<script>',
      '<b',
      'onerror=',
      'javascript:',
      'https://x.example',
      '](',
      '{{',
      '}}',
      '{{a}}',
      '{{> s}}',
      '\t',
      'a',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(parts, { maxLength: 40 }).map((all) => all.join('')),
  );

  it('has only Markdown elements and attributes, and no URL that runs code', () => {
    fc.assert(
      fc.property(text, (source) => {
        const parser = new Parser({
          onopentag: (name, attributes) => {
            expect(SAFE).toContain(name);
            for (const key of Object.keys(attributes)) {
              expect(['href', 'src', 'alt', 'title', 'start', 'class', 'style']).toContain(key);
            }
            expect(attributes.href ?? attributes.src ?? '').not.toMatch(
              /^\s*(javascript|data|vbscript|file):/i,
            );
          },
          oncomment: () => expect.unreachable(),
        });
        parser.end(asHtml(source, { s: 'snippet *text*' }).text);
      }),
      { numRuns: 500 },
    );
  });
});
