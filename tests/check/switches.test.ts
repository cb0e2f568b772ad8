import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readings } from '../../src/check/readings.js';
import { RULE_NAMES } from '../../src/check/table.js';
import { findingsOf, newsletterOf } from './example.js';

const WHY = 'obn-ignore link/text: a quotation';
const BODY = '      Read it [here](https://papers.example.org/one).\n';
const intro = (head: string, before = '') =>
  `sections:\n${before}  - type: intro\n    body: ${head}\n${BODY}  - type: closing\n    body: Bye\n`;

async function rulesFound(issue: string, config?: string): Promise<string[]> {
  const findings = await findingsOf(newsletterOf({ issue, ...(config === undefined ? {} : { config }) }));
  return findings.map(({ rule, line }) => `${rule}:${line}`);
}

describe('an obn-ignore comment', () => {
  it('applies to the block of text that begins on its line', async () => {
    expect(await rulesFound(intro('|'))).toEqual(['link/text:4']);
    expect(await rulesFound(intro(`| # ${WHY}`))).toEqual([]);
    expect(await rulesFound(intro(`|- # ${WHY}`))).toEqual([]);
  });

  it('on its own line applies to the next line', async () => {
    const issue = `sections:\n  - type: intro\n    # ${WHY}\n    body: |\n${BODY}`;
    expect(await rulesFound(issue)).toEqual([]);
  });

  it('applies to its own line', async () => {
    const link = (comment: string) =>
      `sections:\n  - type: button\n    label: The paper\n    url: http://papers.example.org/one${comment}\n`;
    expect(await rulesFound(link(''))).toEqual(['link/insecure:4']);
    expect(await rulesFound(link(' # obn-ignore link/insecure: they have no certificate'))).toEqual([]);
  });

  it('switches off no other rule and no other place', async () => {
    const other = `| # obn-ignore link/duplicate: on purpose`;
    expect(await rulesFound(intro(other))).toEqual(['check/switch:3', 'link/text:4']);
    const twice = `sections:\n  - type: intro\n    body: | # ${WHY}\n${BODY}  - type: closing\n    body: |\n      Or [here](https://papers.example.org/two).\n`;
    expect(await rulesFound(twice)).toEqual(['link/text:7']);
  });

  it('needs a reason and an existing rule', async () => {
    expect(await rulesFound(intro('| # obn-ignore link/text'))).toEqual(['check/switch:3', 'link/text:4']);
    expect(await rulesFound(intro('| # obn-ignore link/txt: why not'))).toEqual([
      'check/switch:3',
      'link/text:4',
    ]);
  });

  it('skips the comments below it', async () => {
    const above =
      '    # obn-ignore link/insecure: no certificate\n    # a word\n    # obn-ignore link/text: so\n';
    const issue = `sections:\n  - type: intro\n${above}    body: |\n${BODY.replace('https:', 'http:')}`;
    expect(await rulesFound(issue)).toEqual([]);
  });

  it('can follow another one on the same line', async () => {
    const both = '| # obn-ignore link/text: so # obn-ignore link/insecure: # 1 of 2 has no certificate';
    expect(await rulesFound(intro(both).replace('https:', 'http:'))).toEqual([]);
    const half = '| # obn-ignore link/text # obn-ignore link/insecure: no certificate';
    expect(await rulesFound(intro(half).replace('https:', 'http:'))).toEqual([
      'check/switch:3',
      'link/text:4',
    ]);
  });

  it('above a section applies to the whole section', async () => {
    const section = `  # ${WHY}\n  - type: intro\n    body: |\n${BODY}`;
    const next = '  - type: closing\n    body: |\n      Or [here](https://papers.example.org/two).\n';
    expect(await rulesFound(`sections:\n${section}`)).toEqual([]);
    expect(await rulesFound(`sections:\n${section}${next}`)).toEqual(['link/text:8']);
  });

  it('without effect is reported', async () => {
    const issue = `sections:\n  # ${WHY}\n  - type: intro\n    body: Nothing\n  - type: closing\n    body: |\n${BODY}`;
    expect(await rulesFound(issue)).toEqual(['check/switch:2', 'link/text:7']);
    expect(await rulesFound('number: 1 # obn-ignore issue/gap: the others were lost\n')).toEqual([
      'check/switch:1',
    ]);
    // These depend on flags and on the current list.
    for (const rule of ['link/dead', 'spam/score', 'merge/lacking', 'merge/column'])
      expect(await rulesFound(`number: 1 # obn-ignore ${rule}: maybe\n`)).toEqual([]);
  });

  it('cannot switch off a file that cannot be read', async () => {
    const newsletter = newsletterOf({ issue: 'number: 1 # obn-ignore schema/invalid: so be it\n' });
    const [finding] = await findingsOf(newsletter);
    expect(finding?.message).toBe(
      '"schema/invalid" cannot be switched off: obn cannot send a file that it cannot read',
    );
  });

  it('in obn.yaml applies to a subject from there', async () => {
    const subject = `subject: ${'A subject that is longer than most '.repeat(2)}`;
    expect(await rulesFound(intro('Nothing').replace(BODY, ''), subject)).toEqual(['subject/length:1']);
    const heeded = `${subject} # obn-ignore subject/length: it was always so`;
    expect(await rulesFound(intro('Nothing').replace(BODY, ''), heeded)).toEqual([]);
  });

  it('is text inside a block of text', async () => {
    const issue = `sections:\n  - type: intro\n    body: |\n      # ${WHY}\n${BODY}`;
    expect(await rulesFound(issue)).toEqual(['link/text:5']);
  });
});

describe('check.off in obn.yaml', () => {
  it('switches off a rule everywhere, with a reason', async () => {
    expect(await rulesFound(intro('|'), 'check: { off: { link/text: "we like it so" } }')).toEqual([]);
  });

  it('reports a rule that does not exist', async () => {
    expect(await rulesFound(intro('|'), 'check: { off: { link/txt: "we like it so" } }')).toEqual([
      'check/off:1',
      'link/text:4',
    ]);
  });

  it('reports a finding that cannot be switched off', async () => {
    const findings = await findingsOf(newsletterOf({ config: 'check: { off: { yaml/syntax: "why not" } }' }));
    expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      'check/off "yaml/syntax" cannot be switched off: obn cannot send a file that it cannot read',
    ]);
  });

  it('can switch off the warning about a missing list', async () => {
    const without = async (config: string) => {
      const newsletter = newsletterOf({ config });
      rmSync(newsletter.path('subscribers.csv'));
      return (await findingsOf(newsletter)).map(({ rule, line }) => `${rule}:${line}`);
    };
    const off = 'check: { off: { list/missing: "CI has no list" } }\n';
    const comment = 'audience:\n  file: subscribers.csv # obn-ignore list/missing: CI has no list\n';
    expect(await without('')).toEqual(['list/missing:12']);
    expect(await without(off)).toEqual([]);
    expect(await without(comment)).toEqual([]);
  });
});

describe('the names of findings', () => {
  it('are all known', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const texts = files.map((name) => readFileSync(`src/${name}`, 'utf8'));
    const used = texts.flatMap(
      (text) => text.match(/'(schema|yaml|config|file|list|check|issue|template)\/[a-z-]+'/g) ?? [],
    );
    const known = new Set([...RULE_NAMES, ...readings.map(({ name }) => name)]);
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((name) => !known.has(name.slice(1, -1)))).toEqual([]);
  });
});
