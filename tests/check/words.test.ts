import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

async function found(issue: string, files: Record<string, string> = {}): Promise<string[]> {
  const findings = await findingsOf(newsletterOf({ issue, files }));
  return findings.map(({ line, column, rule, message }) => `${line}:${column} ${rule} ${message}`);
}

const intro = (...lines: string[]) =>
  `sections:\n  - type: intro\n    body: |\n${lines.map((line) => `      ${line}\n`).join('')}`;

describe('wording that spam filters look for', () => {
  it.each([
    ['over a line break', ['Hello, and buy', 'now, or never.'], '4:18'],
    ['with bold words', ['Buy **now**, or never.'], '4:7'],
    ['in the words of a link', ['Then [act now](https://a.example/1)'], '4:13'],
    ['after the same in code', ['The rule `buy now`', 'says that you buy now'], '5:21'],
  ])('is reported %s', async (_, lines, place) => {
    expect(await found(intro(...lines))).toEqual([
      expect.stringMatching(new RegExp(`^${place} text/spam spam filters look for "(buy|act) now"$`, 'i')),
    ]);
  });

  it('is reported in a snippet, a heading and the title', async () => {
    const files = { 'snippets/tip.md': 'You really should\n\nbuy now!\n' };
    expect(await found(intro('Hi', '', '{{> tip}}'), files)).toEqual([
      '6:7 text/spam spam filters look for "buy now" (in snippets/tip.md)',
    ]);
    const issue =
      'title: You have won\nsections:\n  - { type: closing, heading: "All of it, act now", body: Bye }\n';
    expect(await found(issue)).toEqual([
      '1:8 text/spam spam filters look for "You have won"',
      '3:43 text/spam spam filters look for "act now"',
    ]);
  });

  it.each([
    ['an address', ['See [the docs](https://a.example/buy now) or https://a.example/act-now/casino']],
    ['code', ['Run `buy now`, or', '', '    casino --lottery']],
  ])('is not reported in %s', async (_, lines) => {
    const all = await found(intro(...lines));
    expect(all.filter((one) => one.includes('text/spam'))).toEqual([]);
  });
});

describe('Markdown in a one-line field', () => {
  it.each(['[x](https://a.example)', '**bold**', '`code`', '__bold__', '![x](a.png)'])(
    'is reported: %s',
    async (text) => {
      const issue = `title: "A ${text}"\nsections:\n  - { type: closing, heading: "B ${text}", body: "${text}" }\n`;
      const all = await found(issue);
      expect(all.filter((one) => one.includes('text/markdown'))).toEqual([
        `1:11 text/markdown this field is plain text, so readers see "${text}"`,
        `3:34 text/markdown this field is plain text, so readers see "${text}"`,
      ]);
    },
  );

  it.each(['2 * 3 * 4', 'snake_case_name', 'a [b] (c)', 'f(x)[0]', '** and **'])(
    'is not reported when it may be intended: %s',
    async (text) => {
      expect(await found(`title: "A ${text}"\n`)).toEqual([]);
    },
  );
});

describe('a URL that is linked twice', () => {
  const links = async (...addresses: string[]) => {
    const lines = addresses.map((address, index) => `[number ${index}](${address})`);
    const all = (await found(intro(...lines))).map((one) => one.split(' ').slice(0, 2).join(' '));
    return all.filter((one) => one.endsWith('link/duplicate'));
  };

  it('is the same in any spelling', async () => {
    expect(await links('https://a.example', 'HTTPS://A.example/', 'https://a.example:443/#')).toEqual([
      '5:7 link/duplicate',
      '6:7 link/duplicate',
    ]);
  });

  it('matches a fragment of the same page, but two fragments do not match', async () => {
    expect(await links('https://a.example/x#one', 'https://a.example/x#two')).toEqual([]);
    expect(await links('https://a.example/x', 'https://a.example/x#two')).toEqual(['5:7 link/duplicate']);
  });

  it('is not reported when it is different for each reader', async () => {
    expect(await links('https://a.example/{{email}}', 'https://a.example/{{first_name}}')).toEqual([]);
  });
});
