import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';

const TIP =
  'A line  \nand more.\n\n```js\nconst a = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n* x\n* y\n\n---\n\nEnd.\n';
const FILES: Readonly<Record<string, string>> = {
  'issues/001-first.yaml': `${issueText(1, 'One')}  - type: closing\n    body: |\n      Before.\n\n      {{> tip}}\n\n      After.\n`,
  'snippets/tip.md': TIP,
  'templates/sections/signoff/text.txt.hbs': '{{closing}}\n\n{{name}}\n',
  'subscribers.csv': 'email,first_name\nada@example.com,Ada\ngrace@example.org,Grace\n',
};

/** What `obn render` and `obn check` make of the newsletter when every file is written in another way. */
async function made(rewrite: (text: string) => string) {
  const newsletter = makeNewsletter({ ...FILES, 'issues/002-second.yaml': null });
  for (const file of [...Object.keys(FILES), 'obn.yaml'])
    newsletter.write(file, rewrite(newsletter.read(file)));
  const check = await obn(newsletter.root, ['check']);
  const render = await obn(newsletter.root, ['render', '1', '--out', 'out']);
  expect(render.code, render.stderr).toBe(0);
  const texts = ['email.txt', 'email.html'].map((file) => newsletter.read(`out/${file}`));
  return { check: check.stdout, texts };
}

describe('a newsletter', () => {
  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['CR', (text: string) => text.replaceAll('\n', '\r')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
  ])('reads files with %s as with LF', async (_, rewrite) => {
    const plain = await made((text) => text);
    expect(plain.texts[0]).toContain('    const a = 1;\n\na | b\n');
    expect(await made(rewrite)).toEqual(plain);
  });
});
