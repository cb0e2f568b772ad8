import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { IssueRule, IssueSubject, Problem } from '../../src/check/rule.js';
import type { Position } from '../../src/findings/finding.js';
import { parseIssue } from '../../src/issue/issue.js';
import { newsletterOf } from './example.js';

const folder = mkdtempSync(join(tmpdir(), 'obn-first-rule-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The rule that CONTRIBUTING.md tells a newcomer to write. */
async function firstRule(): Promise<IssueRule> {
  const page = readFileSync(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const file = join(folder, 'title-period.ts');
  writeFileSync(file, code.replace(/^ {3}/gm, ''));
  const { titlePeriod } = (await import(file)) as { titlePeriod: IssueRule };
  return titlePeriod;
}

async function all<T>(source: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** What a rule finds in an example, with the lines. */
async function found(
  rule: IssueRule,
  example: IssueRule['bad' | 'good'],
): Promise<(Problem & { text: string })[]> {
  const text = newsletterOf(example).read('issues/001-first.yaml');
  const parsed = parseIssue('issues/001-first.yaml', text);
  if ('findings' in parsed) throw new Error(parsed.findings[0]?.message);
  const problems = await all(rule.check({ issue: parsed.issue } as IssueSubject));
  return problems.map((one) => ({ ...one, text: text.split('\n')[(one.at as Position).line - 1] ?? '' }));
}

it('CONTRIBUTING.md shows a rule that finds its bad example and not its good one', async () => {
  const rule = await firstRule();
  const problems = await found(rule, rule.bad);
  expect(problems.map(({ text }) => text)).toEqual([
    expect.stringContaining((rule.bad as { at: string }).at),
  ]);
  expect(problems[0]?.message).toMatch(/^\S.{8,}[^.]$/s);
  expect(await found(rule, rule.good)).toEqual([]);
});
