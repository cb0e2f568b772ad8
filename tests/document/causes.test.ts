import { describe, expect, it } from 'vitest';
import { causes } from '../../src/document/causes/table.js';
import { parseSource } from '../../src/document/document.js';

const cases = causes.flatMap(({ name, examples }) =>
  examples.map(([bad, corrected]) => [name, bad, corrected] as const),
);

const BEFORE = 'number: 1\ndate: 2018-01-01\n';
const AFTER = '\nsections:\n  - type: intro\n    body: Hi\n';

/** The text with the corrected line. */
function corrected(text: string, line: number, correction: string): string {
  const lines = text.split('\n');
  lines[line - 1] = correction;
  return lines.join('\n');
}

describe('the cause of invalid YAML', () => {
  it.each(cases)('%s: %j is one error with the corrected line', (_, bad, correction) => {
    for (const text of [BEFORE + bad + AFTER, bad + AFTER, `${BEFORE}${bad}\n`]) {
      const { findings } = parseSource('f.yaml', text);
      expect(findings).toHaveLength(1);
      const [finding] = findings;
      const shown = correction.trim().replace(/\n\s*/g, ' ⏎ ');
      expect(finding?.hint?.endsWith(shown === '' ? 'delete this line' : `: ${shown}`), finding?.hint).toBe(
        true,
      );
      const { findings: left } = parseSource('f.yaml', corrected(text, finding?.line ?? 0, correction));
      expect(left).toEqual([]);
    }
  });
});

describe('a text that YAML accepts, but reads differently than meant', () => {
  it.each([
    ['an anchor', 'title: &amp now', 'title: "&amp now"', 8],
    ['a tag', 'title: ! now', 'title: "! now"', 8],
    ['a no-break space in a key', 'sections:\n  - type: intro\n\u00a0 \u00a0 body: Hi', 'body: Hi', 1],
    ['an invisible character in a key', 'ti\u200btle: x', 'title: x', 3],
  ])('%s is an error with the corrected line', (_, text, correction, column) => {
    const { findings, value } = parseSource('f.yaml', `${BEFORE}${text}\n`);
    expect(value).toBeUndefined();
    expect(findings).toMatchObject([{ rule: 'yaml/syntax', column }]);
    expect(findings[0]?.hint?.endsWith(`: ${correction}`)).toBe(true);
  });

  it.each([
    ['an anchor that an alias names', 'title: &a now\nsubject: *a\n'],
    ['a tag of YAML', 'title: !!str 2018\n'],
    ['a no-break space in text', 'title: a\u00a0b\nbody: |\n  \u00a0x: y\n  - \u00a0z\n'],
    ['a no-break space in quotes', 'title: "\u00a0a:\u00a0b"\n'],
    ['a byte order mark', '\ufefftitle: x\n'],
  ])('%s is not an error', (_, text) => {
    expect(parseSource('f.yaml', text).findings).toEqual([]);
  });

  it('an alias without an anchor is an error with the corrected line', () => {
    const { findings } = parseSource('f.yaml', 'title: *Star*\n');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.hint).toBe('put the text in quotes: title: "*Star*"');
  });
});
