import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseSpamReport } from '../../../src/check/spam/report.js';

/** Output of SpamAssassin 4.0.1 with the settings of obn. */
function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, 'recorded', name), 'utf8');
}

it('reads the score, the threshold, and each rule with its points and description', () => {
  const report = parseSpamReport(recorded('spam.txt'));
  expect(report).toMatchObject({ score: 15, threshold: 5 });
  expect(report?.rules).toHaveLength(13);
  expect(report?.rules[0]).toEqual({
    name: 'DRUG_ED_CAPS',
    points: 2.799,
    description: 'BODY: Mentions an E.D. drug',
  });
  const wrapped = report?.rules.find(({ name }) => name === 'NORMAL_HTTP_TO_IP');
  expect(wrapped?.description).toBe('URI: URI host has a public dotted-decimal IPv4 address');
  expect(report?.rules.find(({ name }) => name === 'ADVANCE_FEE_2_NEW_MONEY')?.description).toMatch(
    /^Advance/,
  );
  for (const { description } of report?.rules ?? []) expect(description).toMatch(/\w/);
});

it('is not confused by a message that looks like a report', () => {
  const report = parseSpamReport(recorded('ham.txt'));
  expect(report).toMatchObject({ score: 0, threshold: 5 });
  expect(report?.rules.map(({ name }) => name)).not.toContain('FAKE');
});

it.each([
  ['nothing', ''],
  ['only a message', 'Subject: x\n\nobn-report is what it says\n'],
  ['half a report', recorded('spam.txt').slice(0, -300)],
  ['invalid numbers', 'obn-report nan inf\n\n\nobn-end\n'],
])('finds no report in %s', (_, text) => {
  expect(parseSpamReport(text)).toBeUndefined();
});

it('reads a report without rules', () => {
  expect(parseSpamReport('obn-report 0.0 5.0\nnone\n\nobn-end\n')).toEqual({
    score: 0,
    threshold: 5,
    rules: [],
  });
});
