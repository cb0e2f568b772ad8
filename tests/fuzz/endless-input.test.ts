import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv } from '../../src/audience/csv.js';
import { parseIssue } from '../../src/issue/issue.js';
import { replaceExpressions } from '../../src/merge/expression.js';
import { htmlContexts, textContexts } from '../../src/render/contexts.js';
import { minifyHtml } from '../../src/render/minify.js';
import { asText } from '../render/texts.js';
import { cpuPerKilobyte } from '../support/cpu.js';

const SIZE = 30_000;
const RUNS = 12;
/** Linear work takes a few milliseconds for each kB; what is quadratic takes hundreds at this size. */
const BUDGET_MS = 60;

const MARKDOWN = [
  ...[
    '](',
    '[',
    '![',
    ']',
    '[a](b)',
    '[a][b]',
    '[^1]',
    '<',
    '>',
    '<!--',
    '-->',
    '`',
    '```\n',
    '*',
    '_',
    '~~',
    '\\',
  ],
  ...[
    'http://',
    'www.',
    '://',
    '{{',
    '{{{',
    '}}',
    '{{a}}',
    '&',
    '&amp;',
    '|',
    '|\n',
    '-|-\n',
    '> ',
    '- ',
    '1. ',
    '#',
  ],
  ...[
    '\n',
    '\n\n',
    ' ',
    '\t',
    '"',
    "'",
    '(',
    ')',
    'word ',
    'a'.repeat(50),
    'é',
    '👩‍👩‍👧',
    'ก',
    '\u200b',
    '\u00a0',
    '=',
  ],
];
const YAML = [
  ...[
    'a: b\n',
    '- ',
    '- a\n',
    '? ',
    ': ',
    '&a ',
    '*a ',
    '!t ',
    '|\n',
    '>\n',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '#',
    ' #',
  ],
  ...[
    '\n',
    '  ',
    '\t',
    '---\n',
    '...\n',
    '%',
    '@',
    '`',
    '\\',
    'title: x\n',
    'sections:\n',
    '  - type: intro\n',
    '<<: *a\n',
  ],
];
const CSV = [
  '"',
  '""',
  ',',
  ';',
  '\n',
  '\r\n',
  'a@example.com',
  'a',
  ' ',
  '\\"',
  '\0',
  '\ufeff',
  'sep=;\n',
  '\u200b',
  "'",
];
const HTML = [
  ...[
    '<',
    '>',
    '</',
    '<p>',
    '</p>',
    '<a href="',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '<!--',
    '-->',
    '<![endif]-->',
    '<style>',
  ],
  ...[
    '</style>',
    '&',
    '&quot;',
    'style="a : b"',
    '/*',
    '*/',
    '{',
    '}',
    ';',
    '<pre>',
    '</pre>',
    '<script>',
    'word ',
  ],
];

/** Some of these parts, in a random order, that are repeated up to a size. */
function endless(parts: readonly string[]): fc.Arbitrary<string> {
  const pattern = fc
    .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 })
    .map((some) => some.join(''));
  return fc.array(pattern, { minLength: 1, maxLength: 3 }).map((patterns) => {
    const share = SIZE / patterns.length;
    return patterns.map((one) => one.repeat(Math.ceil(share / one.length))).join('\n');
  });
}

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'obn-fuzz-'));
  return { file: join(path, 'list.csv'), remove: () => rmSync(path, { recursive: true, force: true }) };
};

async function readList(text: string): Promise<void> {
  const { file, remove } = folder();
  writeFileSync(file, `email,first_name\n${text}`);
  try {
    for await (const _ of readCsv(file, 'list.csv'));
  } catch {
    // A list that cannot be read is refused; here only the time counts.
  } finally {
    remove();
  }
}

const READERS: readonly (readonly [string, readonly string[], (text: string) => unknown])[] = [
  ['Markdown', MARKDOWN, (text) => Promise.resolve(asText(text)).catch(() => undefined)],
  ['YAML', YAML, (text) => parseIssue('f.yaml', text)],
  ['a list', CSV, readList],
  ['merge fields', MARKDOWN, (text) => replaceExpressions(text, () => '')],
  ['HTML that is made smaller', HTML, minifyHtml],
  ['HTML with merge fields', HTML, (html) => htmlContexts(html)(html.length - 1)],
  ['text with merge fields', MARKDOWN, (text) => textContexts(text)(text.length - 1)],
];

it.each(READERS)('reads %s of any shape in time that grows with its size', async (_name, parts, read) => {
  await fc.assert(
    fc.asyncProperty(endless(parts), async (text) => {
      expect(await cpuPerKilobyte(text.length, async () => void (await read(text)))).toBeLessThan(BUDGET_MS);
    }),
    { numRuns: RUNS, seed: 20261129, endOnFailure: true },
  );
});
