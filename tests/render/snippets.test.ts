import { describe, expect, it } from 'vitest';
import { asHtml, asText } from './texts.js';

const TIP = '**T** [l](https://t.example)';
const TIP_HTML = '<strong>T</strong> <a href="https://t.example">l</a>';

describe('a snippet within a line', () => {
  it.each([
    ['in the middle', 'before {{> tip}} after', `<p>before ${TIP_HTML} after</p>`],
    ['at the start', '{{> tip}} after', `<p>${TIP_HTML} after</p>`],
    ['at the end', 'before {{> tip}}', `<p>before ${TIP_HTML}</p>`],
    ['twice', 'a {{> tip}} b {{> tip}} c', `<p>a ${TIP_HTML} b ${TIP_HTML} c</p>`],
    ['after a merge field', 'Hi {{name}}, {{> tip}}.', `<p>Hi [name], ${TIP_HTML}.</p>`],
    ['within emphasis', 'a *b {{> tip}} c* d', `<p>a <em>b ${TIP_HTML} c</em> d</p>`],
    ['between emphasis', '*a* {{> tip}} *b*', `<p><em>a</em> ${TIP_HTML} <em>b</em></p>`],
  ])('%s is inserted in place', (_, source, expected) => {
    expect(asHtml(source, { tip: TIP })).toMatchObject({ text: expected, problems: [] });
  });

  it('is inserted in plain text, too', () => {
    expect(asText('before {{> tip}} after', { tip: TIP })).toEqual({
      text: 'before *T* l [1] after',
      notes: '[1] https://t.example',
      problems: [],
    });
  });

  it('can be link text', () => {
    expect(asHtml('[{{> tip}}](https://x.example)', { tip: '*T*' }).text).toBe(
      '<p><a href="https://x.example"><em>T</em></a></p>',
    );
  });
});

describe('a snippet on its own line', () => {
  it('can be several blocks', () => {
    expect(asHtml('a\n\n{{> tip}}\n\nb', { tip: 'P1\n\n- x\n- y\n' }).text).toBe(
      '<p>a</p>\n<p>P1</p>\n<ul>\n<li>x</li>\n<li>y</li>\n</ul>\n<p>b</p>',
    );
  });

  it('can be in a list or a quotation', () => {
    expect(asText('- {{> tip}}\n- x', { tip: 'P1\n\nP2' }).text).toBe('* P1\n\n  P2\n* x');
    expect(asText('> {{> tip}}', { tip: 'P1\n\nP2' }).text).toBe('> P1\n>\n> P2');
  });

  it('can contain merge fields and other snippets', () => {
    const snippets = { a: 'A {{name}}\n\n{{> b}}', b: 'B {{default city "here"}}' };
    expect(asHtml('{{> a}}', snippets)).toMatchObject({
      text: '<p>A [name]</p>\n<p>B [city|here]</p>',
      problems: [],
    });
  });

  it('shares the link references of the text', () => {
    expect(asHtml('{{> tip}}\n\n[r]: https://r.example', { tip: 'see [r]' }).text).toBe(
      '<p>see <a href="https://r.example">r</a></p>',
    );
  });
});

describe('a missing snippet', () => {
  it.each(['{{> nope}}', 'a {{> nope}} b', '- {{> nope}}'])(
    'is reported and kept as written: %s',
    (source) => {
      const { text, problems } = asHtml(source, { tip: TIP });
      expect(text).toContain('{{&gt; nope}}');
      expect(problems).toEqual(['{{> nope}} refers to a missing snippet: snippets/nope.md']);
    },
  );
});

describe('a snippet that includes itself', () => {
  it.each([
    ['in a line', { a: 'x {{> a}}' }],
    ['in a block', { a: 'x\n\n{{> a}}' }],
    ['by way of another', { a: 'x\n\n{{> b}}', b: 'y {{> a}}' }],
  ])('%s terminates and is reported', (_, snippets) => {
    const { text, problems } = asHtml('{{> a}}', snippets);
    expect(problems).toEqual([expect.stringMatching(/^\{\{> [ab]\}\} nests snippets more than 5 deep$/)]);
    expect(text.length).toBeLessThan(500);
  });

  it('is not one of five that include each other', () => {
    const snippets = { a: '{{> b}}', b: '{{> c}}', c: '{{> d}}', d: '{{> e}}', e: 'deep' };
    expect(asHtml('{{> a}}', snippets)).toEqual({ text: '<p>deep</p>', notes: '', problems: [] });
  });
});
