import { describe, expect, it } from 'vitest';
import { issueRules, newsletterRules, RULE_NAMES } from '../../src/check/table.js';
import { findingsOf, newsletterOf } from './example.js';

const rules = [...issueRules, ...newsletterRules];

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  it('finds its bad example at the right line', async () => {
    const newsletter = newsletterOf(rule.bad);
    const found = (await findingsOf(newsletter)).filter((finding) => finding.rule === name);
    expect(found).not.toHaveLength(0);
    const lines = found.map(({ file, line }) => newsletter.read(file).split('\n')[line - 1]);
    expect(lines).toContainEqual(expect.stringContaining(rule.bad.at));
    for (const { message, hint } of found) {
      expect(message).toMatch(/^\S.{8,}[^.]$/s);
      expect(hint).toMatch(/\S{3}/);
    }
  });

  it('finds nothing in its good example', async () => {
    const found = await findingsOf(newsletterOf(rule.good));
    expect(found.filter((finding) => finding.rule === name)).toEqual([]);
    expect(found.filter((finding) => finding.severity === 'error')).toEqual([]);
  });
});

it('gives each rule a unique name', () => {
  expect(new Set(RULE_NAMES).size).toBe(RULE_NAMES.length);
  for (const name of RULE_NAMES) expect(name).toMatch(/^[a-z]+\/[a-z-]+$/);
});

it('finds nothing in a newsletter without problems', async () => {
  expect(await findingsOf(newsletterOf({}))).toEqual([]);
});
