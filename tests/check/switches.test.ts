import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

const WHY = 'obn-ignore link/text: a quotation';
const BODY = '      Read it [here](https://papers.example.org/one).\n';
const intro = (head: string, before = '') =>
  `sections:\n${before}  - type: intro\n    body: ${head}\n${BODY}  - type: closing\n    body: Bye\n`;

async function rulesFound(issue: string, config?: string): Promise<string[]> {
  const findings = await findingsOf(newsletterOf({ issue, ...(config === undefined ? {} : { config }) }));
  return findings.map(({ rule, line }) => `${rule}:${line}`);
}

describe('a comment that switches off a rule', () => {
  it('is about the block of text that begins on its line', async () => {
    expect(await rulesFound(intro('|'))).toEqual(['link/text:4']);
    expect(await rulesFound(intro(`| # ${WHY}`))).toEqual([]);
    expect(await rulesFound(intro(`|- # ${WHY}`))).toEqual([]);
  });

  it('is about the next line when it has a line of its own', async () => {
    const issue = `sections:\n  - type: intro\n    # ${WHY}\n    body: |\n${BODY}`;
    expect(await rulesFound(issue)).toEqual([]);
  });

  it('is about its own line', async () => {
    const link = (comment: string) =>
      `sections:\n  - type: button\n    label: The paper\n    url: http://papers.example.org/one${comment}\n`;
    expect(await rulesFound(link(''))).toEqual(['link/insecure:4']);
    expect(await rulesFound(link(' # obn-ignore link/insecure: they have no certificate'))).toEqual([]);
  });

  it('switches off no other rule and no other place', async () => {
    const other = `| # obn-ignore link/duplicate: on purpose`;
    expect(await rulesFound(intro(other))).toEqual(['link/text:4']);
    const twice = `sections:\n  - type: intro\n    body: | # ${WHY}\n${BODY}  - type: closing\n    body: |\n      Or [here](https://papers.example.org/two).\n`;
    expect(await rulesFound(twice)).toEqual(['link/text:7']);
  });

  it('needs a reason, and a rule that exists', async () => {
    expect(await rulesFound(intro('| # obn-ignore link/text'))).toEqual(['check/switch:3', 'link/text:4']);
    expect(await rulesFound(intro('| # obn-ignore link/txt: why not'))).toEqual([
      'check/switch:3',
      'link/text:4',
    ]);
  });

  it('is no comment within a text', async () => {
    const issue = `sections:\n  - type: intro\n    body: |\n      # ${WHY}\n${BODY}`;
    expect(await rulesFound(issue)).toEqual(['link/text:5']);
  });
});

describe('obn.yaml', () => {
  it('switches off a rule everywhere, with a reason', async () => {
    expect(await rulesFound(intro('|'), 'check: { off: { link/text: "we like it so" } }')).toEqual([]);
  });

  it('is told of a rule that does not exist', async () => {
    expect(await rulesFound(intro('|'), 'check: { off: { link/txt: "we like it so" } }')).toEqual([
      'check/off:1',
      'link/text:4',
    ]);
  });
});
