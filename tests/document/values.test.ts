import { describe, expect, it } from 'vitest';
import { valueCauses } from '../../src/document/causes/values.js';
import { parseIssue } from '../../src/issue/issue.js';

const LINES = ['number: 1', 'title: T', 'date: 2018-01-01', 'sections:', '  - type: divider'];

const cases = valueCauses.flatMap(({ name, hint, examples }) =>
  examples.map(([bad, corrected]) => [name, bad, corrected, hint] as const),
);

/** An issue with one line, which replaces the line with the same key. */
function issueWith(line: string): string {
  const key = line.split(':')[0];
  return [line, ...LINES.filter((one) => !one.startsWith(`${key}:`))].join('\n');
}

function findings(text: string) {
  const parsed = parseIssue('i.yaml', text);
  return 'issue' in parsed ? [] : parsed.findings;
}

describe('a rejected value', () => {
  it.each(cases)('%s: %j is one error with the corrected line', (_, bad, corrected, hint) => {
    expect(findings(issueWith(bad))).toMatchObject([
      { line: 1, rule: 'schema/invalid', hint: `${hint}: ${corrected}` },
    ]);
    expect(findings(issueWith(corrected))).toEqual([]);
  });

  it('is shown as written', () => {
    expect(findings(issueWith('title: 1.10'))[0]?.message).toBe('"title" must be text, but it is 1.10');
  });

  it('in a flow mapping has no corrected line', () => {
    const [finding] = findings(
      `${LINES.slice(0, 4).join('\n')}\n  - { type: closing, heading: 1, body: b }\n`,
    );
    expect(finding?.message).toBe('"heading" must be text, but it is 1');
    expect(finding?.hint).toBe('put the text in quotes');
  });
});
