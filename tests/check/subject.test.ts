import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

const LOUD = 'EVERYTHING MUST GO TODAY';
const LONG = 'a word that is said '.repeat(4).trim();

async function places(issue: string, config: string): Promise<string[]> {
  const newsletter = newsletterOf({ issue, config });
  const findings = await findingsOf(newsletter);
  return findings.map(({ rule, file, line }) => `${rule} ${newsletter.read(file).split('\n')[line - 1]}`);
}

describe('a problem with a subject is reported where the subject is written', () => {
  it.each([
    ['subject/shouting', LOUD],
    ['subject/length', LONG],
  ])('%s', async (rule, text) => {
    expect(await places(`subject: ${text}`, '')).toEqual([`${rule} subject: ${text}`]);
    expect(await places('', `subject: ${text}`)).toEqual([`${rule} subject: ${text}`]);
    expect(await places(`title: ${text}`, 'subject: "{{issue.title}}"')).toEqual([`${rule} title: ${text}`]);
  });
});
