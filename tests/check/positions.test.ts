import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

/** Findings in the text of an intro, with line and column in the text, from 1. */
async function foundIn(lines: readonly string[], files: Record<string, string> = {}): Promise<string[]> {
  const indented = lines.map((line) => (line === '' ? '' : `      ${line}`));
  const issue = `sections:\n  - type: intro\n    body: | # about {{frist_name}} and http://a.example\n${indented.join('\n')}\n`;
  const findings = await findingsOf(newsletterOf({ issue, files }));
  return findings
    .filter(({ file }) => file.endsWith('001-first.yaml'))
    .map(({ line, column, rule }) => `${line - 3}:${column - 6} ${rule}`);
}

describe('the position of a link', () => {
  it.each([
    [
      'by a reference',
      ['See [one][1]', 'and [two][2]', '', '[2]: http://b.example/', '[1]: http://a.example/'],
    ],
    [
      'with a merge field',
      ['See [one](http://a.example/{{email}})', 'and [two](http://a.example/?e={{email}})'],
    ],
    ['with an entity', ['See [one](http://a.example/?a&amp;b)', 'and [two](http://a.example/?a&amp;c)']],
    [
      'with a character that is encoded',
      ['See [one](http://a.example/ä)', 'and [two](<http://a.example/b c>)'],
    ],
  ])('%s', async (_, lines) => {
    expect(await foundIn(lines)).toEqual(['1:5 link/insecure', '2:5 link/insecure']);
  });

  it('is found by its URL alone, in any block', async () => {
    const lines = [
      '> quoted http://a.example/a',
      '> <http://a.example/b>',
      '',
      '1. - http://a.example/c',
      '   - x',
      '     http://a.example/d',
      '',
      '| a | b |',
      '|---|---|',
      '| c | http://a.example/e |',
      '| [d](http://a.example/f) | `[d](http://a.example/f)` |',
      '',
      '## **[g](http://a.example/g)** ##',
    ];
    const found = (await foundIn(lines)).filter((one) => one.endsWith('link/insecure'));
    expect(found.map((one) => one.split(' ')[0])).toEqual([
      '1:10',
      '2:3',
      '4:6',
      '6:6',
      '10:7',
      '11:3',
      '13:6',
    ]);
  });

  it('is found when the same text comes first in code', async () => {
    const lines = ['A `[x](http://a.example)` is a link:', 'see [x](http://a.example).'];
    expect(await foundIn(lines)).toEqual(['2:5 link/insecure']);
  });

  it('is found without a text, and without a URL', async () => {
    expect(await foundIn(['One [x]() and', 'two [](https://a.example).'])).toEqual([
      '1:5 link/address',
      '2:5 link/text',
    ]);
  });

  it('is found for each one that is not valid Markdown', async () => {
    const lines = ['One [a](b c), `[a](b c)`, two [d](e f)', 'and three](https://a.example).'];
    expect(await foundIn(lines)).toEqual(['1:5 link/unread', '1:31 link/unread', '2:10 link/unread']);
  });

  it('is not reported for an escaped bracket', async () => {
    expect(await foundIn(['Write \\[text\\](address) or \\[text](address).'])).toEqual([]);
    expect(await foundIn(['Write \\\\[text](an address).'])).toEqual(['1:9 link/unread']);
  });
});

describe('the position of a merge field', () => {
  it('is found when the same text comes first in code', async () => {
    expect(await foundIn(['Write `{{frist_name}}` or {{frist_name}}.'])).toEqual(['1:27 merge/column']);
  });

  it('is found for each occurrence', async () => {
    const lines = [
      '{{a}} [{{a}}](https://a.example/{{a}}/{{a}})',
      '![of {{a}}](https://a.example/{{a}}.png "for {{a}}")',
    ];
    expect((await foundIn(lines)).filter((found) => found.endsWith('merge/column'))).toEqual([
      '1:1 merge/column',
      '1:8 merge/column',
      '1:33 merge/column',
      '1:39 merge/column',
      '2:6 merge/column',
      '2:31 merge/column',
      '2:46 merge/column',
    ]);
  });

  it('is found for an invalid one, and in a one-line field', async () => {
    const issue = 'preheader: "{{#if}} and {{#if}} again, so that it is long enough"\n';
    const findings = await findingsOf(newsletterOf({ issue }));
    expect(findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`)).toEqual([
      '1:13 merge/syntax',
      '1:25 merge/syntax',
    ]);
  });
});

describe('a finding in a snippet', () => {
  const snippets = {
    'snippets/tip.md': 'A tip\n\n[here](http://a.example) {{frist_name}} [a](b c)\n',
    'snippets/outer.md': 'Once\n\n{{> tip}}\n\n[the rest](http://b.example/c)\n',
  };
  const messages = async (body: string) => {
    const issue = `sections:\n  - type: intro\n    body: |\n      Hi\n\n      ${body}\n`;
    const findings = await findingsOf(newsletterOf({ issue, files: snippets }));
    return findings.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };

  it.each(['{{> tip}}', '- {{> tip}}', 'See {{> tip}}'])(
    'is found where it is included: %s',
    async (body) => {
      const column = 7 + body.indexOf('{{');
      const found = await messages(body);
      expect(found).toHaveLength(4);
      for (const one of found) {
        expect(one).toMatch(new RegExp(`^6:${column} .* \\(in snippets/tip\\.md\\)$`));
      }
    },
  );

  it('names the innermost snippet', async () => {
    const found = await messages('{{> outer}}');
    expect(found).toHaveLength(5);
    expect(found.every((one) => one.startsWith('6:7 '))).toBe(true);
    expect(found.filter((one) => one.endsWith('(in snippets/tip.md)'))).toHaveLength(4);
    expect(found).toContain('6:7 http://b.example/c is not encrypted (in snippets/outer.md)');
  });
});

describe('a URL that is a merge field', () => {
  const body = (text: string) =>
    findingsOf(
      newsletterOf({
        issue: `sections:\n  - type: button\n    label: Your own page\n    url: "${text}"\n`,
        list: 'email,page\na@example.com,https://a.example/\n',
      }),
    ).then((findings) => findings.map(({ rule, message }) => `${rule} ${message}`));

  it('leads where the list says', async () => {
    expect(await body('{{page}}')).toEqual([]);
    expect(await body('{{page}}/more')).toEqual([]);
  });

  it('is checked with its fallback, too', async () => {
    expect(await body("{{default page '/none'}}")).toEqual([
      'link/address /none has no https://, so the link goes nowhere in an email',
    ]);
  });
});
