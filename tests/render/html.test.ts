import { describe, expect, it } from 'vitest';
import { MAX_TEXT } from '../../src/render/limits.js';
import { cpuPerKilobyte } from '../support/cpu.js';
import { mailFor, render } from './issues.js';
import { asHtml, asText, flawsIn } from './texts.js';

const html = (source: string) => asHtml(source).text.replace(/\n/g, '');

describe('a comment in Markdown', () => {
  it.each([
    ['on a line of its own', 'a\n\n<!-- b -->\n\nc', '<p>a</p><p>c</p>'],
    ['of several lines', '<!-- a\nb\n-->\n\nc', '<p>c</p>'],
    ['with empty lines', 'a\n\n<!--\n\n- b\n\n# c\n\n-->\n\nd', '<p>a</p><p>d</p>'],
    ['with text behind its last line', '<!--\n\na\n\n--> *b*\nc', '<p><em>b</em>c</p>'],
    ['within a line', 'a <!-- b --> c', '<p>a  c</p>'],
    ['within a word', 'a<!-- b -->c', '<p>ac</p>'],
    ['over two lines of a paragraph', 'a <!-- b\nc --> d', '<p>a  d</p>'],
    ['before text', '<!-- a --> **b**', '<p> <strong>b</strong></p>'],
    ['beside another', '<!-- a --> <!-- b -->', ''],
    ['beside another that is longer', '<!-- a --> <!-- b\n\nc --> d', '<p>d</p>'],
    ['that is empty', '<!-->a<!--->b<!---->c', '<p>abc</p>'],
    ['between paragraphs without an empty line', 'a\n<!-- b -->\nc', '<p>a</p><p>c</p>'],
    [
      'in an item of a list',
      '- a <!-- b -->\n\n  <!-- c\n\n  d -->\n- e',
      '<ul><li><p>a </p></li><li><p>e</p></li></ul>',
    ],
    ['in a quotation', '> a\n> <!-- b\n>\n> c -->\n> d', '<blockquote><p>a</p><p>d</p></blockquote>'],
    ['in a heading', '## a <!-- b -->', '<h3>a </h3>'],
    ['in the text of a link', '[a<!-- b -->](https://c.example)', '<p><a href="https://c.example">a</a></p>'],
    ['with Markdown and a merge field', '<!-- [a](b) `c` {{no such}} -->', ''],
    ['with a greater-than sign', 'a<!-- b > c -> d -->', '<p>a</p>'],
  ])('is removed: %s', (_, source, expected) => {
    expect(html(source)).toBe(expected);
    expect(flawsIn(source).every(({ kind }) => kind === 'comment')).toBe(true);
    expect(flawsIn(source)).not.toEqual([]);
    expect(asHtml(source).problems).toEqual([]);
  });

  it.each([
    ['a code span', '`<!-- a -->`', '&lt;!-- a --&gt;'],
    ['a fence', '```\n<!-- a -->\n```', '&lt;!-- a --&gt;'],
    ['code that is indented', '    <!-- a -->', '&lt;!-- a --&gt;'],
    ['an escape', '\\<!-- a -->', '&lt;!-- a --&gt;'],
  ])('is kept in %s', (_, source, expected) => {
    expect(html(source)).toContain(expected);
    expect(flawsIn(source)).toEqual([]);
  });

  it.each([
    ['that never ends', 'a\n\n<!-- b\n\nc', '<p>a</p>'],
    ['that never ends in a paragraph', 'a <!-- b\n\nc', '<p>a &lt;!-- b</p><p>c</p>'],
    [
      'that begins in a paragraph and contains empty lines',
      'a <!-- b\n\nc -->',
      '<p>a &lt;!-- b</p><p>c --&gt;</p>',
    ],
    ['that goes on behind its item', '- <!-- a\n\nb -->', '<ul><li></li></ul><p>b --&gt;</p>'],
  ])('is reported if unclosed: %s', (_, source, expected) => {
    expect(html(source)).toBe(expected);
    expect(flawsIn(source).map(({ kind }) => kind)).toEqual(['open-comment']);
  });

  it('is removed from snippets and the text part', () => {
    const snippets = { ad: '<!-- ask Bob\n\nfirst -->\nBuy <!-- now --> it.' };
    expect(asText('{{> ad}}', snippets).text).toBe('Buy it.');
    expect(asText('Or: {{> ad}}', snippets).text).toBe('Or: Buy it.');
    expect(flawsIn('{{> ad}}', snippets)).toEqual([
      expect.objectContaining({ kind: 'comment', offset: 0, snippet: 'ad' }),
      expect.objectContaining({ kind: 'comment', offset: 0, snippet: 'ad' }),
    ]);
  });

  it('is in no form of an issue', async () => {
    const sections = [{ type: 'intro', body: 'Hello.\n\n<!-- TODO: layoffs -->\n\n{{> ad}}' }];
    const rendered = await render({ sections, files: { 'snippets/ad.md': 'Ad <!-- layoffs -->' } });
    const { html: email, text } = mailFor(rendered);
    for (const form of [email, text, rendered.web, rendered.mjml]) {
      expect(form).toContain('Ad');
      expect(form).not.toMatch(/layoffs|TODO/);
    }
  });

  it.each(['<!--', 'x <!--', '<!-- a -->', '- <!--\n'])(
    'is parsed in linear time if repeated: %j',
    async (piece) => {
      const text = piece.repeat(Math.floor(MAX_TEXT / piece.length));
      expect(await cpuPerKilobyte(text.length, () => asHtml(text))).toBeLessThan(50);
    },
  );
});

describe('an HTML element in Markdown', () => {
  it.each([
    ['<b>', 'a <b>c</b>', '**bold**'],
    ['<EM class="x">', '<EM class="x">c</EM>', '*italic*'],
    ['<br>', 'a<br>b', 'backslash'],
    ['<br/>', 'a<br/>b', 'backslash'],
    ['<sup>', '1<sup>2</sup>', '²'],
    ['<a href="https://a.example">', '<a href="https://a.example">b</a>', '[text](https://...)'],
    ['<img src=x>', '<img src=x>', '![description]'],
    ['<div>', '<div>\na\n</div>', 'remove the tag'],
    ['<?php echo 1 ?>', '<?php echo 1 ?>', 'remove it'],
    ['<!DOCTYPE html>', '<!DOCTYPE html>', 'remove it'],
  ])('is reported once, with the Markdown equivalent: %s', (tag, source, hint) => {
    const [flaw, ...more] = flawsIn(source);
    expect(flaw).toMatchObject({ kind: 'html', text: tag, hint: expect.stringContaining(hint) });
    expect(more).toEqual([]);
  });

  it.each([
    'List<String>',
    'a < b and c > d',
    '<your name>',
    '<https://a.example>',
    '`<b>`',
    '\\<b>',
    '1 <2> 3',
    '<T>',
    '<3',
  ])('is not reported for %s', (source) => {
    expect(flawsIn(source)).toEqual([]);
  });
});
