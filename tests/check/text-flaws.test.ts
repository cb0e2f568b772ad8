import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.js';
import { findingsOf, newsletterOf } from './example.js';

const place = ({ line, column, rule }: Finding) => `${line}:${column} ${rule}`;

/** Findings in an issue with these bodies, one section each. */
async function foundIn(bodies: readonly string[], files: Record<string, string> = {}): Promise<Finding[]> {
  const sections = bodies.map((body) => {
    const lines = body.split('\n').map((line) => (line === '' ? '' : `      ${line}`));
    return `  - type: intro\n    body: |\n${lines.join('\n')}\n`;
  });
  return findingsOf(newsletterOf({ issue: `sections:\n${sections.join('')}`, files }));
}

describe('a problem in a text', () => {
  const body = [
    '{{frist_name}} {{#if}} [a] (https://a.example/) <b>c</b> <!-- d -->',
    '![](images/gone.png) [e](https://e.example/\u2060f) [here](http://g.example/)',
  ].join('\n');

  it('is reported at each place with the same text', async () => {
    const places = (await foundIn([body, body])).map(place);
    const first = places.filter((one) => /^[45]:/.test(one));
    expect(first.map((one) => one.split(' ')[1]).sort()).toEqual(
      [
        ...['image/alt', 'image/file', 'link/address', 'link/insecure', 'link/text', 'link/unread'],
        ...['merge/column', 'merge/syntax', 'text/html-comment', 'text/html'],
      ].sort(),
    );
    const moved = first.map((one) => one.replace(/^(\d+)/, (line) => String(Number(line) + 4)));
    for (const one of moved) expect(places).toContain(one);
  });

  it('is reported at each include of the same snippet', async () => {
    const snippets = { 'snippets/tip.md': body };
    const places = (await foundIn(['{{> tip}}', '{{> tip}}\n\nAnd {{> tip}}'], snippets)).map(place);
    for (const rule of [
      'merge/column',
      'merge/syntax',
      'link/unread',
      'text/html',
      'text/html-comment',
      'image/alt',
    ]) {
      expect(places.filter((one) => one.endsWith(` ${rule}`)).map((one) => one.split(' ')[0])).toEqual(
        expect.arrayContaining(['4:7', '7:7', '9:11']),
      );
    }
  });
});

describe('an invisible character in a URL', () => {
  it('is reported in a link, an image, a reference and a bare URL', async () => {
    const body = [
      '[a](https://a.example/b\u200bc) <https://a.example/d\u00ade>',
      'https://a.example/f\u2060g [h][i]',
      '',
      '[i]: https://a.example/j\u202ek',
    ].join('\n');
    const found = (await foundIn([body])).filter(({ rule }) => rule === 'link/address');
    expect(found.map(({ line, message, hint }) => `${line} ${message}; ${hint}`)).toEqual([
      '4 this URL contains the invisible character U+200B (zero width space), so the link is broken; write https://a.example/bc',
      '4 this URL contains the invisible character U+00AD (soft hyphen), so the link is broken; write https://a.example/de',
      '5 this URL contains the invisible character U+2060 (word joiner), so the link is broken; write https://a.example/fg',
      '7 this URL contains the invisible character U+202E (right-to-left override), so the link is broken; write https://a.example/jk',
    ]);
  });

  it('is not reported in the text around it', async () => {
    const body =
      'שלום \u200fhttps://a.example/\u200f עולם, co\u00adoperation 👩‍💻 [می‌شود](https://a.example/c)';
    expect(await foundIn([body])).toEqual([]);
  });
});

describe('HTML in a one-line field', () => {
  it('is reported, and so are comments', async () => {
    const issue = 'preheader: "a line that is long <b>enough</b> <!-- ask Bob --> for a List<Name>"\n';
    const found = await findingsOf(newsletterOf({ issue }));
    expect(found.map(place)).toEqual(['1:33 text/html', '1:47 text/html']);
  });
});

describe('an info', () => {
  it('counts as neither a warning nor an error', async () => {
    const found = await foundIn(['Hello. <!-- a -->']);
    expect(found.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(['info text/html-comment']);
  });
});
