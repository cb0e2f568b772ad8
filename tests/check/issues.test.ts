import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

async function found(rule: RegExp, example: Parameters<typeof newsletterOf>[0]): Promise<string[]> {
  const findings = await findingsOf(newsletterOf(example));
  return findings
    .filter((one) => rule.test(one.rule))
    .map(({ file, message }) => `${file.slice(-13)} ${message}`);
}

describe('the number of an issue', () => {
  it('is not reported missing when the issue cannot be read', async () => {
    const files = {
      'issues/002-broken.yaml': 'number: 2\ntitel: No such key',
      'issues/003-next.yaml': 'number: 3',
      'issues/006-last.yaml': 'number: 6',
    };
    expect(await found(/^issue\/gap$/, { files })).toEqual(['006-last.yaml #4 to #5 are missing before #6']);
  });
});

describe('a time with its own time zone', () => {
  const clocks = (time: string) =>
    found(/^time\/clock-change$/, { issue: `date: 2200-03-09\nsend_at: ${time}` });

  it('is not checked in the time zone of the newsletter', async () => {
    expect(await clocks('2200-03-09T02:30[Asia/Tokyo]')).toEqual([]);
  });

  it('is reported when the clocks of its zone skip it', async () => {
    expect(await clocks('2200-03-09T02:30[America/New_York]')).toEqual([
      '01-first.yaml 2200-03-09T02:30 does not exist in America/New_York: clocks go forward and show 2200-03-09T03:30 instead',
    ]);
  });
});

describe('a preheader', () => {
  const length = (preheader: string) => found(/^preheader\/length$/, { issue: `preheader: ${preheader}` });

  it.each([1, 39, 121, 680])('of %i characters is reported as too short or too long', async (count) => {
    const [finding] = await length('x'.repeat(count));
    expect(finding).toMatch(new RegExp(`the preheader has ${count} characters?$`));
  });

  it.each([40, 120])('can have %i characters', async (count) => {
    expect(await length('x'.repeat(count))).toEqual([]);
  });

  it('counts a letter with its vowel signs as one', async () => {
    expect(await length('กี่'.repeat(120))).toEqual([]);
    expect(await length('กี่'.repeat(39))).toHaveLength(1);
  });

  it('counts a merge field as a name, regardless of its length', async () => {
    expect(
      await length(`'{{default first_name "a fallback of forty characters or so"}}, good morning'`),
    ).toHaveLength(1);
  });
});
