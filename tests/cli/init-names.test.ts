import { mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNewsletter } from '../../src/config/load.js';
import { configText, problemOf } from '../../src/config/starter.js';
import { parseIssue } from '../../src/issue/issue.js';
import { scaffoldIssue, usualOutline } from '../../src/issue/scaffold.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

const EMPTY = {
  'obn.yaml': null,
  'issues/001-first.yaml': null,
  'issues/002-second.yaml': null,
  'subscribers.csv': null,
};

async function init(name: string, from: string) {
  const { root, path } = makeNewsletter(EMPTY);
  const result = await obn(root, ['init', 'news', '--name', name, '--from', from]);
  const loaded = result.code === 0 ? await readNewsletter(path('news'), { OBN_SECRET: 'x' }) : undefined;
  const config = loaded && 'newsletter' in loaded ? loaded.newsletter.config : undefined;
  return { ...result, root, path, read: config && { name: config.newsletter.name, from: config.from } };
}

describe('obn init', () => {
  it.each([
    ['"Doe, Jane" <jane@example.com>', 'Doe, Jane'],
    ['Jane [bot] <jane@example.com>', 'Jane [bot]'],
    ['Jane {x} <jane@example.com>', 'Jane {x}'],
    [String.raw`"Jane \"JD\" \\ Doe" <jane@example.com>`, String.raw`Jane "JD" \ Doe`],
    ['@jane: the 💌 of #1 & <jane@example.com>', '@jane: the 💌 of #1 &'],
    ['  "yes"  < jane@example.com >', 'yes'],
    ["O'Brien, 'x' | > % ` * ! - ? <jane@example.com>", "O'Brien, 'x' | > % ` * ! - ?"],
  ])('takes the sender %s, and obn reads it', async (from, name) => {
    // A ">" in a name without quotes would end the address.
    const text = name.includes('>') ? `"${name}" <jane@example.com>` : from;
    const { code, read, path } = await init(name, text);
    expect([code, read]).toEqual([0, { name, from: { name, email: 'jane@example.com' } }]);
    const check = await obn(path('news'), ['check', '--json']);
    expect(check.json()).toMatchObject({ errors: 0 });
  });

  it.each([
    'jane@exämple.com',
    'jäne@example.com',
    'jane@localhost',
    'jane',
    'jane doe@example.com',
    '',
    '@',
  ])('refuses the address %j in the words of obn.yaml', async (address) => {
    const { code, stderr } = await init('N', `Jane <${address}>`);
    const config = `newsletter: { name: N, url: https://n.example }\nfrom: { name: Jane, email: "${address}" }\n`;
    const other = makeNewsletter({ ...EMPTY, 'obn.yaml': config });
    const { stdout, stderr: talk } = await obn(other.root, ['check']);
    const words =
      address === ''
        ? /"email" must not be empty/
        : /"email" must be an email address, such as jane@example\.com/;
    expect(`${stdout}${talk}`).toMatch(words);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });

  it.each([
    ['a\u0007b', /"name" must be one line without control characters/],
    ['a\u2028b', /"name" must be one line without control characters/],
    ['a\nb', /"name" must be one line without control characters/],
    [' ', /"name" must not be empty/],
    [`a \${HOME} b`, /"\$\{HOME\}" would be an environment variable/],
    ['Hello {{first_name}}', /\{\{first_name\}\} would be a merge field/],
  ])('refuses the name %j', async (name, words) => {
    const { code, stderr, path } = await init(name, 'Jane <jane@example.com>');
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
    expect(() => mkdirSync(path('news'))).not.toThrow();
  });
});

describe('whatever name obn init accepts', () => {
  const sign = fc.constantFrom(
    ...'@,[]{}:#&*!|>%`\'"\\?-~=<$ \t\u00a0\u2028\u0085💌é',
    ': ',
    ' #',
    '- ',
    '---',
    '...',
  );
  const part = fc.oneof(
    sign,
    fc.constantFrom('Jane', 'null', 'true', '1e3', '0x1F', '2026-01-01', `\${X}`, '{{x}}', '---'),
  );
  const name = fc.oneof(
    fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('').trim()),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed().trim()),
  );

  it('is read unchanged from obn.yaml and the first issue', async () => {
    let accepted = 0;
    const folder = makeNewsletter(EMPTY);
    await fc.assert(
      fc.asyncProperty(name, name, async (title, sender) => {
        const facts = { name: title, from: { name: sender, email: 'jane@example.com' } };
        if (problemOf(facts) !== undefined) return;
        accepted += 1;
        folder.write('obn.yaml', configText(facts, 'schema.json'));
        const loaded = await readNewsletter(folder.root, { OBN_SECRET: 'x' });
        if (!('newsletter' in loaded)) throw new Error(JSON.stringify(loaded.findings));
        const { newsletter, from } = loaded.newsletter.config;
        expect([newsletter.name, newsletter.author?.name, from.name]).toEqual([title, sender, sender]);
        const options = { number: 1, title, date: '2026-01-01', schema: 'x' };
        const text = await scaffoldIssue({ ...options, author: sender, outline: usualOutline() });
        const parsed = parseIssue('001.yaml', text);
        if (!('issue' in parsed)) throw new Error(JSON.stringify(parsed.findings));
        expect(parsed.issue.title).toBe(title);
        expect(parsed.issue.sections.at(-1)).toMatchObject({ type: 'signoff', name: sender });
      }),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
