import { describe, expect, it } from 'vitest';
import { htmlContexts, textContexts } from '../../src/render/contexts.js';
import { minifyHtml } from '../../src/render/minify.js';
import { finishHtml } from '../../src/render/section-sizes.js';
import { cpuPerKilobyte } from '../support/cpu.js';
import { render } from './issues.js';
import { asHtml, asText, findingsIn } from './texts.js';

const SIZE = 60_000;
/** Linear work takes about 2 ms per kB, quadratic work hundreds. */
const BUDGET_MS = 25;

const repeated = (text: string) => text.repeat(SIZE / text.length);

describe('long texts are parsed in linear time', () => {
  it.each([
    ['backslashes, and links that never open', `x ${'\\'.repeat(SIZE)}a ${']('.repeat(SIZE / 25)}`],
    ['a bracket with many backslashes', `[${'\\'.repeat(SIZE / 2)}${']('.repeat(SIZE / 4)}`],
    ['brackets with a backslash', '\\['.repeat(SIZE / 4) + ']('.repeat(SIZE / 4)],
    ['the middle of a link', repeated('](')],
    ['the beginning of a link', repeated('[a](')],
    ['links', repeated('[a](b) ')],
    ['links without a space between them', repeated('*[a](b)*')],
    ['references without a definition', repeated('[a][b] ')],
    ['addresses behind a space', repeated('[a] (./')],
    ['references that never end', repeated('](') + repeated('][')],
    ['images as the text of references', repeated('[![a](b)][c] ')],
    ['images that begin and never end', repeated('[![a] ')],
    ['footnotes', repeated('[^1]')],
    ['images in images', '!['.repeat(SIZE / 6) + '](x)'.repeat(SIZE / 6)],
    ['schemes', repeated('http://')],
    ['addresses', repeated('http://x.y/ ')],
    ['a scheme that never ends', `${'a'.repeat(SIZE / 2)}${'://x'.repeat(SIZE / 8)}`],
    ['links to merge fields', repeated('[a]({{x}}b) ')],
    ['links with a merge field as their title', repeated('[a](b "{{x}}") ')],
    ['merge fields that never end', repeated('[a]({{')],
    ['different merge fields', Array.from({ length: SIZE / 10 }, (_, at) => `{{f${at}}}`).join(' ')],
    ['lines with links', repeated('[a]({{x}})\n')],
    ['letters beyond ASCII', repeated('é')],
    ['emoji', repeated('👩‍👩‍👧')],
    ['links without spaces', repeated('[](a)')],
    ['different links', Array.from({ length: SIZE / 20 }, (_, at) => `[a](http://x/${at})`).join(' ')],
    ['tables', repeated('a|b\n-|-\nc|d\n\n')],
    ['a table of one row with many columns', `${repeated('a|')}\n${'-|'.repeat(SIZE / 2)}`],
    [
      'a table with many columns and a long cell',
      `${'a|'.repeat(5_000)}\n${'-|'.repeat(5_000)}\n${repeated('b ')}|`,
    ],
    ['a table with many rows', `a|b\n-|-\n${repeated('c\n')}`],
    ['one reference, used often', `${'[a][r] '.repeat(SIZE / 7)}\n\n[r]: http://x.example/{{x}}`],
  ])('%s', async (_, text) => {
    expect(await cpuPerKilobyte(text.length, () => asText(text))).toBeLessThan(BUDGET_MS);
  });
});

describe('HTML is minified in linear time', () => {
  it.each([
    ['spaces in a style', `<p style="a:b${' '.repeat(SIZE)}c">x</p>`],
    ['a long word in a style', `<p style="${'a'.repeat(SIZE)}">x</p>`],
    ['blank lines in a style sheet', `<style>a${' '.repeat(SIZE)}b</style>`],
    ['spaces in code, next to a mark', `<pre>${' '.repeat(SIZE)}x</pre>mark<pre>${' '.repeat(SIZE)}</pre>`],
  ])('%s', async (_, html) => {
    expect(await cpuPerKilobyte(html.length, () => finishHtml(html, 'mark'))).toBeLessThan(BUDGET_MS);
  });

  it('keeps strings, parentheses and entities', () => {
    expect(minifyHtml(`<p style="a : b ; c: 'd : e' ;f: url( x : y ); g: &quot;h : i&quot; ;">x</p>`)).toBe(
      `<p style="a:b;c:'d : e';f:url( x : y );g:&quot;h : i&quot;">x</p>`,
    );
  });
});

describe('merge fields are located in linear time', () => {
  const offsets = Array.from({ length: SIZE / 12 }, (_, at) => at * 12);

  it('in a text without spaces', async () => {
    const text = 'http://x.y/a'.repeat(SIZE / 12);
    const read = () => {
      const contextAt = textContexts(text);
      expect(offsets.slice(1).map(contextAt)).not.toContain('plain');
    };
    expect(await cpuPerKilobyte(SIZE, read)).toBeLessThan(BUDGET_MS);
  });

  it('among many links', async () => {
    const link = '<a href="x">';
    const html = link.repeat(SIZE / link.length);
    const read = () => {
      const contextAt = htmlContexts(html);
      expect(new Set(offsets.map((at) => contextAt(at + 9)))).toEqual(new Set(['address']));
    };
    expect(await cpuPerKilobyte(SIZE, read)).toBeLessThan(BUDGET_MS);
  });

  it('with nested comments', () => {
    expect(htmlContexts('<!--[if mso]>'.repeat(20_000))(0)).toBe('html');
  });
});

describe('snippets that include each other', () => {
  const each = (name: string) =>
    Array.from({ length: 5 }, (_, at) => `{{> ${name}${at}}} `.repeat(10)).join('');
  const snippets = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`s${at}`, each('s')]));

  it.each([
    ['within a line', 'a {{> s0}} b'],
    ['on lines of their own', '{{> s0}}\n\n{{> s1}}'],
  ])('give one error, %s', (_, text) => {
    const { problems } = asHtml(text, snippets);
    const tooLong = problems.filter((one) => one.includes('longer than'));
    expect(tooLong).toEqual([
      expect.stringMatching(/^\{\{> s\d\}\} makes this text longer than 200,000 characters$/),
    ]);
  });

  it('count at each inclusion', async () => {
    const body = `First.\n\nThen {{> big}}{{> big}} and {{> big}}.`;
    const files = { 'snippets/big.md': 'word '.repeat(19_000) };
    const { problems } = await render({ sections: [{ type: 'intro', body }], files });
    expect(problems).toEqual([
      {
        rule: 'text/limit',
        source: '{{> big}}',
        message: 'makes this text longer than 200,000 characters',
        path: ['sections', 0, 'body'],
        offset: body.lastIndexOf('{{'),
      },
    ]);
  });

  it('count once for all forms of the issue', async () => {
    const files = { 'snippets/big.md': 'word '.repeat(30_000) };
    const section = { type: 'intro', body: '{{> big}}' };
    const { problems } = await render({ sections: Array(6).fill(section), files });
    expect(problems).toEqual([]);
    const more = await render({ sections: Array(8).fill(section), files });
    expect(more.problems.map(({ path, source, message }) => [path, `${source} ${message}`])).toEqual(
      [6, 7].map((index) => [
        ['sections', index, 'body'],
        'this text makes the texts of this issue longer than 1,000,000 characters, snippets included',
      ]),
    );
  });
});

describe('a text beyond a limit is an error and left out of the issue', () => {
  it('when it is too long', () => {
    expect(asHtml('a'.repeat(200_000)).problems).toEqual([]);
    expect(asHtml('a'.repeat(200_001))).toMatchObject({
      text: '',
      problems: ['this text has more than 200,000 characters'],
    });
  });

  it.each([
    ['quotations', 'one\n\n', `${'> '.repeat(101)}two`],
    ['lists', 'one\n\n', `${'- '.repeat(60)}two`],
  ])('when it nests %s deeper than the parser supports', (_, before, deep) => {
    expect(findingsIn(before + deep).problems).toEqual([
      expect.objectContaining({ rule: 'text/limit', offset: before.length, source: 'this text' }),
    ]);
  });

  it('but not when it nests them as deep as the parser supports', () => {
    const { text, problems } = asHtml(`${'> '.repeat(98)}two`);
    expect(problems).toEqual([]);
    expect(text).toContain('two');
  });
});

it('renders a text with many braces in linear time', async () => {
  const body = '\\{{a}} '.repeat(24_000);
  const work = async () => {
    const { html } = await render({ sections: [{ type: 'intro', body }] });
    expect(html.join('')).toContain('{{a}} {{a}}');
  };
  expect(await cpuPerKilobyte(body.length, work)).toBeLessThan(60);
});
