import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/document/document.js';
import { cpuMilliseconds } from '../support/cpu.js';

const LAUGHS = 9;

/** Each level contains the one before it several times: 9 to the power of `levels` items when expanded. */
function aliasBomb(levels: number): string {
  const lines = [`a0: &a0 [${Array(LAUGHS).fill('x').join(', ')}]`];
  for (let level = 1; level < levels; level++) {
    const again = Array(LAUGHS)
      .fill(`*a${level - 1}`)
      .join(', ');
    lines.push(`a${level}: &a${level} [${again}]`);
  }
  return lines.join('\n');
}

describe('a malicious file', () => {
  it.each([5, 10, 40])('with aliases %i levels deep is refused before they are expanded', async (levels) => {
    let parsed = parseSource('f.yaml', '');
    const cpu = await cpuMilliseconds(() => {
      parsed = parseSource('f.yaml', aliasBomb(levels));
    });
    const { findings, value } = parsed;
    expect(findings.map((finding) => finding.rule)).toEqual(['yaml/aliases']);
    expect(value).toBeUndefined();
    expect(cpu).toBeLessThan(1_000);
  });

  it('with many plain aliases is refused', () => {
    const text = `a: &a x\nb: [${Array(150).fill('*a').join(', ')}]\n`;
    expect(parseSource('f.yaml', text).findings.map((finding) => finding.rule)).toEqual(['yaml/aliases']);
  });

  it('with an alias to itself is refused', () => {
    for (const text of ['a: &a [*a]\n', 'a: &a { b: { c: *a } }\n']) {
      expect(parseSource('f.yaml', text).findings.map((finding) => finding.rule)).toEqual(['yaml/aliases']);
    }
  });

  it('with hundreds of levels of brackets gets a finding, not an exception', () => {
    expect(parseSource('f.yaml', '['.repeat(300)).findings.length).toBeGreaterThan(0);
  });
});

describe('any text', () => {
  const yamlish = fc.array(
    fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '&x',
      '*x',
      '|',
      '>',
      '#',
      '\t',
      '!',
    ),
    { maxLength: 60 },
  );

  it('is read or has findings, and never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      yamlish.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const document = parseSource('f.yaml', source);
        expect(document.value === undefined).toBe(document.findings.length > 0);
        for (const { line, column } of document.findings) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(source.split('\n').length);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives a position within the text for any path', () => {
    const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'x'), fc.nat(3)), { maxLength: 4 });
    const document = parseSource('f.yaml', 'a:\n  - b: 1\n  - x: { a: 2 }\nb: [1, [2, 3]]\n');
    fc.assert(
      fc.property(path, fc.string(), (keys, needle) => {
        for (const position of [document.at(keys), document.keyAt(keys), document.within(keys, needle)]) {
          expect(position.line).toBeGreaterThanOrEqual(1);
          expect(position.line).toBeLessThanOrEqual(5);
          expect(position.column).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});
