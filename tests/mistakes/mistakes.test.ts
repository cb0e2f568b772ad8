import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../src/check/check-all.js';
import { readNewsletter } from '../../src/config/load.js';
import { FileError } from '../../src/findings/error.js';
import type { Finding } from '../../src/findings/finding.js';
import { systemClock } from '../../src/platform/clock.js';
import { whenTestFinished } from '../support/finished.js';
import { ISSUE, WITHOUT_MISTAKES } from './mistaken-files.js';
import { mistakes } from './mistakes.js';

type Files = Readonly<Record<string, string | Uint8Array>>;
type Told = Pick<Finding, 'rule' | 'message' | 'hint' | 'severity'> & { readonly at: string };

const clock = { ...systemClock, now: () => Date.UTC(2026, 5, 1) };
const env = { OBN_SECRET: 'secret', SMTP_URL: 'smtp://localhost' };

/** What `obn check` finds in a newsletter with these files. */
async function check(files: Files): Promise<Told[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'obn-mistake-')));
  whenTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ ...WITHOUT_MISTAKES, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  try {
    const loaded = await readNewsletter(root, env);
    if ('findings' in loaded) return loaded.findings.map(told);
    const { findings } = await checkAll({ env, clock }, loaded.newsletter, []);
    return findings.map(told);
  } catch (error) {
    // obn.yaml itself, which is not read any further.
    if (!(error instanceof FileError)) throw error;
    const { line, rule, reason, hint } = error;
    return [{ severity: 'error', rule, message: reason, hint, at: `obn.yaml:${line}:1` } as Told];
  }
}

function told({ file, line, column, rule, message, hint, severity }: Finding): Told {
  const place = file === ISSUE ? '' : `${file}:`;
  return { severity, rule, message, ...(hint !== undefined && { hint }), at: `${place}${line}:${column}` };
}

it('finds nothing in a newsletter without mistakes', async () => {
  expect(await check({})).toEqual([]);
});

describe('one mistake is one finding with a remedy', () => {
  it.each(mistakes.map((mistake) => [mistake.name, mistake] as const))('%s', async (_, mistake) => {
    const { files, rule, at, message, hint, severity } = mistake;
    const found = await check(files);
    expect(found).toMatchObject([
      { rule, at, message: expect.stringContaining(message), hint: expect.stringContaining(hint) },
    ]);
    const usual = found[0]?.severity === 'error' || found[0]?.severity === 'warning';
    expect(severity === undefined ? usual : found[0]?.severity === severity).toBe(true);
  });

  it('has a name of its own', () => {
    expect(new Set(mistakes.map(({ name }) => name)).size).toBe(mistakes.length);
    expect(mistakes.length).toBeGreaterThan(60);
  });
});

describe('valid text that looks like a mistake', () => {
  const issue = String(WITHOUT_MISTAKES[ISSUE]);
  const withBody = (...lines: string[]) => ({
    [ISSUE]: issue.replace('Hello, this is the first issue.', lines.join('\n      ')),
  });

  it.each([
    ['Windows line endings', { [ISSUE]: issue.replaceAll('\n', '\r\n') }],
    ['a byte order mark', { [ISSUE]: `\ufeff${issue}` }],
    ['a leading zero in the number of the file', { [ISSUE]: issue.replace('number: 1', 'number: 001') }],
    ['a title that is No', { [ISSUE]: issue.replace('The first one', 'No') }],
    ['a title that is a time', { [ISSUE]: issue.replace('The first one', '12:30') }],
    ['a title with a quotation', { [ISSUE]: issue.replace('The first one', 'The “new” way') }],
    ['code with braces', withBody('Write `{{first_name}}`, `{name}`, `*|FNAME|*`, `<b>` or `TODO`.')],
    ['a code block', withBody('```', '{% if x %} <<<<<<< HEAD', '[[name]] **', '```')],
    ['escaped braces', withBody('Write \\{{first_name}} or \\*\\*not bold.')],
    ['arithmetic', withBody('2 * 3 * 4 is 24, 5 ** 2 is 25, and snake_case_words stay.')],
    ['a footnote sign', withBody('It costs $9.99*.', '', '\\* Terms apply.')],
    ['a path with a parameter', withBody('Call GET /users/{name} with List<Name> and a % of 50%.')],
    ['a quotation with an attribution', withBody('> Words.', '', '— Jane')],
    ['an ellipsis in brackets', withBody('He said [...] and […] that it works.')],
    ['a nested list in code', withBody('- one', '  ```js', '  const a = 1;', '  ```', '- two')],
    ['a link with brackets in its text', withBody('See [[1]](https://example.com/a) now.')],
    ['a link that shares by email', withBody('[Share this issue](mailto:?subject=Test%20Weekly).')],
    ['words in capitals', withBody('Our TODOs and xxx are no notes, nor is a to-do list.')],
  ])('%s', async (_, files) => {
    expect(await check(files as Files)).toEqual([]);
  });
});
