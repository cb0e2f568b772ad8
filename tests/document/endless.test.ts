import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/document/document.js';
import { validate } from '../../src/document/validate.js';
import { issueSchema } from '../../src/issue/schema.js';
import { cpuMilliseconds } from '../support/cpu.js';

function indented(levels: number): string {
  return Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
}

describe('nesting', () => {
  it.each([
    ['dashes on one line', '- '.repeat(50_000), 1, 201],
    ['question marks on one line', '? '.repeat(50_000), 1, 201],
    ['brackets', '['.repeat(50_000), 1, 101],
    ['mappings in braces', '{a: '.repeat(50_000), 1, 401],
    ['indented mappings', indented(1_000), 101, 102],
  ])('of %s is reported at level 101', (_, text, line, column) => {
    const { findings } = parseSource('f.yaml', text);
    expect(findings).toMatchObject([{ rule: 'yaml/nesting', line, column }]);
    expect(findings[0]?.message).toBe('lists and mappings are nested more than 100 levels deep');
  });

  it('can be 100 levels deep', () => {
    expect(parseSource('f.yaml', `${'- '.repeat(99)}a: b`).findings).toEqual([]);
  });

  it('is not counted in text', () => {
    expect(parseSource('f.yaml', `body: |\n  ${'['.repeat(500)}`).findings).toEqual([]);
  });

  it('that follows from an error on a line above is reported as that error', () => {
    const { findings } = parseSource('f.yaml', 'title: Lambda: why\n'.repeat(500));
    expect(findings).toMatchObject([{ rule: 'yaml/syntax', line: 1 }]);
    expect(findings[0]?.hint).toContain('title: "Lambda: why"');
  });
});

describe('50,000 lines', () => {
  it.each([
    ['duplicate keys', 'a: b\n', 'yaml/syntax', 50],
    ['anchors', '- &a\n', 'yaml/syntax', 50],
    ['anchors on texts', '- &a x\n', 'yaml/syntax', 50],
    ['aliases without an anchor', '- *a\n', 'yaml/aliases', 50],
    ['tags', '- !x y\n', 'yaml/syntax', 1],
  ])('of %s are refused within 20 seconds of CPU time', async (_, line, rule, count) => {
    let findings: readonly { rule: string }[] = [];
    const cpu = await cpuMilliseconds(() => {
      findings = parseSource('f.yaml', line.repeat(50_000)).findings;
    });
    expect(new Set(findings.map((finding) => finding.rule))).toEqual(new Set([rule]));
    expect(findings).toHaveLength(count);
    expect(cpu).toBeLessThan(20_000);
  });

  it('of unknown keys get at most 50 findings per mapping', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `key${index}: x`).join('\n');
    const result = validate(parseSource('f.yaml', text), issueSchema);
    const unknown = 'findings' in result ? result.findings : [];
    expect(unknown.filter(({ rule }) => rule === 'schema/unknown-key')).toHaveLength(50);
  });
});

describe('keys', () => {
  it('that are duplicate are reported at the second, with the line of the first', () => {
    const { findings } = parseSource('f.yaml', 'a: 1\nb: 2\na: 3\n');
    expect(findings).toMatchObject([{ rule: 'yaml/syntax', line: 3, column: 1 }]);
    expect(findings[0]?.message).toContain('it is already set on line 1');
  });

  it('can be the same in different mappings', () => {
    expect(parseSource('f.yaml', '- a: 1\n  b: { a: 1 }\n- a: 2\n').findings).toEqual([]);
  });
});

describe('aliases', () => {
  it('are reported at the first one over the limit', () => {
    const { findings } = parseSource('f.yaml', `- &a x\n${'- *a\n'.repeat(20_000)}`);
    expect(findings).toMatchObject([{ rule: 'yaml/aliases', line: 102, message: 'more than 100 aliases' }]);
  });

  it('of aliases are refused before they are expanded', async () => {
    const again = (name: string) => Array(9).fill(`*${name}`).join(', ');
    const levels = Array.from(
      { length: 9 },
      (_, level) => `b${level + 1}: &b${level + 1} [${again(`b${level}`)}]`,
    );
    const text = ['b0: &b0 [x, x]', ...levels].join('\n');
    let rules: string[] = [];
    const cpu = await cpuMilliseconds(() => {
      rules = parseSource('f.yaml', text).findings.map(({ rule }) => rule);
    });
    expect(rules).toEqual(['yaml/aliases']);
    expect(cpu).toBeLessThan(5_000);
  });
});
