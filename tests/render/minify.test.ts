import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import mjml from 'mjml';
import { describe, expect, it } from 'vitest';
import { minifyHtml } from '../../src/render/minify.js';
import { elementsOf, mailFor, render, renderFrom } from './issues.js';

const ROOT = new URL('../..', import.meta.url).pathname;
const BLOCK =
  /^(html|head|title|meta|link|style|body|div|table|tbody|tr|td|th|p|h[1-6]|ul|ol|li|blockquote|pre|hr)$/;

/** What a browser sees of an HTML text: tags with their attributes, and words; blanks that it never shows are left out. */
function seen(html: string): string[] {
  const tokens: string[] = [];
  const edge = (name: string) => {
    if (BLOCK.test(name) && tokens.at(-1) === ' ') tokens.pop();
    return BLOCK.test(name) ? '|' : '';
  };
  let verbatim = 0;
  const parser = new Parser({
    onopentag: (name, { style, ...attributes }) => {
      const mark = edge(name);
      tokens.push(`${mark}<${name} ${JSON.stringify(attributes)} ${declarations(style).join('; ')}>${mark}`);
      if (/^(pre|textarea)$/.test(name)) verbatim += 1;
    },
    ontext: (text) => {
      if (verbatim > 0) tokens.push(text);
      else for (const word of text.match(/[ \t\r\n\f]+|[^ \t\r\n\f]+/g) ?? []) add(word);
    },
    onclosetag: (name) => {
      const mark = edge(name);
      tokens.push(`${mark}</${name}>${mark}`);
      if (/^(pre|textarea)$/.test(name)) verbatim -= 1;
    },
  });
  const add = (word: string) => {
    const blank = word.trim() === '' && !word.includes('\u00a0');
    const hidden = tokens.length === 0 || tokens.at(-1) === ' ' || tokens.at(-1)?.endsWith('|');
    if (!blank) tokens.push(word);
    else if (!hidden) tokens.push(' ');
  };
  parser.end(html);
  return tokens;
}

/** Name and value of each declaration, spaces after commas aside, as CSS reads them. */
function declarations(style = ''): string[] {
  const parts = style.match(/(?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(])+/g) ?? [];
  return parts
    .map((part) =>
      part
        .trim()
        .replace(/^([\w-]+)\s*:\s*/, '$1:')
        .replace(/\s*,\s*/g, ','),
    )
    .filter((part) => part !== '');
}

const comments = (html: string) =>
  [...html.matchAll(/<!--[\s\S]*?-->/g)].map(([comment]) => comment.replace(/\s+/g, ''));

describe.each([1, 2, 3])('the email of sample issue %i', async (number) => {
  const rendered = await renderFrom(ROOT, number);
  const made = await mjml(rendered.mjml, { keepComments: false, fonts: {} });

  it('is the MJML output without invisible white space', () => {
    const values = { first_name: 'Ada', unsubscribe_url: 'https://x.example/u' };
    const plain = made.html
      .replace(/\{\{default first_name .*?\}\}/g, values.first_name)
      .replaceAll('{{unsubscribe_url}}', values.unsubscribe_url);
    expect(mailFor(rendered, values).html).toBe(minifyHtml(plain));
    expect(seen(minifyHtml(plain))).toEqual(seen(plain));
    expect(comments(minifyHtml(plain))).toEqual(comments(plain));
    expect(elementsOf(minifyHtml(plain)).length).toBe(elementsOf(plain).length);
    expect(minifyHtml(plain).length).toBeLessThan(plain.length * 0.88);
  });
});

describe('white space', () => {
  it.each([
    ['<div> <p> a  b\n c </p> <p>d</p> </div>', '<div><p> a b c </p><p>d</p></div>'],
    ['<td> <a>a</a> <em>b</em> </td>', '<td> <a>a</a> <em>b</em> </td>'],
    ['<td>\n<!--[if mso]>  <i>  x</i><![endif]-->\n<div>', '<td><!--[if mso]>  <i>  x</i><![endif]--><div>'],
    ['<b>a</b> <!-- c --> <b>d</b>', '<b>a</b> <!-- c --> <b>d</b>'],
    ['<pre>  a\n\n  <b>b</b>  c</pre>  <p>', '<pre>  a\n\n  <b>b</b>  c</pre><p>'],
    ['<p>a\u00a0 \u00a0b\u200c  c', '<p>a\u00a0 \u00a0b\u200c c'],
    ['<p>a  < b  & c;  d</p>', '<p>a < b & c; d</p>'],
    [
      '<style>\n  a { b:c; }\n\n  d { e:"f  g"; }\n</style>',
      '<style>\na { b:c; }\nd { e:"f  g"; }\n</style>',
    ],
  ])('of %j', (html, minified) => {
    expect(minifyHtml(html)).toBe(minified);
  });

  it.each([
    ['color: #fff; margin: 0 0 4px; ', 'color:#fff;margin:0 0 4px'],
    ["font-family: 'A;  B: c', d , e", "font-family:'A;  B: c',d,e"],
    ['font-family: &quot;A; B, c&quot;, d; ', 'font-family:&quot;A; B, c&quot;,d'],
    [
      'background: url(data:image/png; base64, a); width:calc(1px + 2px)',
      'background:url(data:image/png; base64, a);width:calc(1px + 2px)',
    ],
    ['color:red;x:&amp;', 'color:red;x:&amp;'],
    ['', ''],
  ])('of the style %j', (style, minified) => {
    expect(minifyHtml(`<p style="${style}" title="a:  b; ">`)).toBe(
      `<p style="${minified}" title="a:  b; ">`,
    );
  });

  it('is the only change, and minifying is idempotent', () => {
    const { nodes } = fc.letrec((tie) => ({
      text: fc.constantFrom(
        ' ',
        '\n  ',
        'word',
        'obnslot0z',
        '&nbsp;',
        '< ',
        '\u00a0',
        '<br>',
        '<!--[if mso]> <td> <![endif]-->',
      ),
      element: fc
        .tuple(
          // Only for elements that can nest; the end tags of others move.
          fc.constantFrom('div', 'ul style="a: b; c: d;"', 'i title="x  y"', 'ol', 'b', 'pre', 'blockquote'),
          tie('nodes'),
        )
        .map(([tag, inside]) => `<${tag}>${inside}</${tag.split(' ')[0]}>`),
      nodes: fc.array(fc.oneof(tie('text'), tie('element')), { maxLength: 6 }).map((all) => all.join('')),
    }));
    fc.assert(
      fc.property(nodes, (inside) => {
        const html = `<body>${inside}</body>`;
        const minified = minifyHtml(html);
        expect(seen(minified)).toEqual(seen(html));
        expect(minified.replace(/[\s;]/g, '')).toBe(html.replace(/[\s;]/g, ''));
        expect(minifyHtml(minified)).toBe(minified);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an issue with sixty links, each with author, source and a note', () => {
  it('is smaller than the clip size of Gmail', async () => {
    const items = Array.from({ length: 60 }, (_, index) => ({
      title: `Number ${index}: what a queue that never empties says about those who fill it`,
      url: `https://articles.example.com/2018/09/what-a-queue-that-never-empties-says-${index}`,
      author: 'Somebody With A Name',
      source: 'A Magazine of Some Length',
      note: 'A note that says in a sentence or two, with **some** emphasis, what the reader gets from following the link, and why that is worth five minutes of time.',
    }));
    const rendered = await render({ sections: [{ type: 'links', heading: 'Links', items }] });
    const { html } = mailFor(rendered, {
      unsubscribe_url: `https://weekly.example.com/u?t=${'x'.repeat(60)}`,
    });
    expect(html).toContain('Number 59');
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  });
});
