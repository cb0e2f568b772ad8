import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseSource } from '../../src/document/document.js';
import { quickSource } from '../../src/document/quick.js';

const ISSUES = join(import.meta.dirname, '../../issues');
const issues = readdirSync(ISSUES)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(ISSUES, name), 'utf8'));

/** Ways to write a value that parsers may understand in different ways. */
const SCALARS = [
  ...['1', '-1', '+1', '1_000', '0o17', '017', '0x1F', '0b11', '1.5', '.5', '5.', '1e3', '1:30', '12:30:45'],
  ...['true', 'True', 'yes', 'no', 'on', 'null', 'Null', '~', '', '.inf', '-.INF', '.NaN', '2018-09-18'],
  ...[
    '2018-09-18T09:00',
    '2018-09-18 09:00:00',
    '=',
    'a: b',
    'a #b',
    'a#b',
    '"a\\tb"',
    "'it''s'",
    '"\\x41\\u00e9"',
  ],
  ...[
    '|\n  a\n  b',
    '|-\n  a\n\n  b\n',
    '>\n  a\n  b\n\n  c',
    '>-\n  a\n   b\n  c',
    '|+\n  a\n\n',
    'a\n  b\n  c',
  ],
  ...[
    '[a, b]',
    '[a, {b: c}]',
    '{a: 1, b: [2]}',
    '[]',
    '{}',
    '&x a',
    '!!str 1',
    '"a\n  b"',
    '# only a comment',
  ],
  ...[
    '- a\n- b',
    '\n  - a\n  - b',
    '*x',
    '@a',
    '`a`',
    '%a',
    'a: |\n b',
    '|\n\tb',
    '"a\\\n  b"',
    '|2\n   a\n  b',
  ],
];

describe('the quick way to read YAML', () => {
  it.each(issues)('reads the issues of this repository as the exact one does', (text) => {
    expect(quickSource('a.yaml', text).value).toEqual(parseSource('a.yaml', text).value);
  });

  it.each(SCALARS)('reads %j as the exact one does, or does not read it', (scalar) => {
    for (const text of [`key: ${scalar}\n`, `- ${scalar}\n- next\n`, `key: ${scalar}\nnext: 1\n`]) {
      const exact = parseSource('a.yaml', text);
      const quick = quickSource('a.yaml', text);
      expect(quick.value).toEqual(exact.value);
      expect(quick.findings).toEqual(exact.findings);
    }
  });

  it('reads whatever is written out as the exact one does', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(...SCALARS));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, text, fc.array(tie('tree')), fc.dictionary(text, tie('tree'))),
    }));
    const lineWidth = fc.constantFrom(0, 20, 80);
    fc.assert(
      fc.property(fc.dictionary(text, tree), lineWidth, (value, width) => {
        const written = stringify(value, { lineWidth: width });
        const exact = parseSource('a.yaml', written);
        const quick = quickSource('a.yaml', written);
        expect(quick.value).toEqual(exact.value);
        expect(quick.findings).toEqual(exact.findings);
      }),
      { numRuns: 300 },
    );
  });

  it('reads lines that somebody has written as the exact one does', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b: ',
        '- ',
        '  ',
        '\n',
        '\n\n',
        '"',
        "'",
        '#',
        ' #c',
        ': ',
        '|',
        '>',
        '{',
        '}',
        '[',
        ']',
        ',',
      ],
      ...['{{x}}', '1', '\\', '\\n', '?', '!', '&', '*', '\t', '---', '😀', '\u00a0', ' '],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = `key: |\n  ${pieces.join('')}\n`;
        const other = `key: ${pieces.join('')}\nnext: 1\n`;
        for (const one of [text, other]) {
          const exact = parseSource('a.yaml', one);
          const quick = quickSource('a.yaml', one);
          if (exact.findings.length === 0) expect(quick.value).toEqual(exact.value);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('knows where everything stands', () => {
    const text = 'a:\n  - b: 1\n    c: words {{x}}\n';
    const path = ['a', 0, 'c'];
    const [exact, quick] = [parseSource('a.yaml', text), quickSource('a.yaml', text)];
    expect(quick.at(path)).toEqual(exact.at(path));
    expect(quick.keyAt(path)).toEqual(exact.keyAt(path));
    expect(quick.within(path, '{{x}}')).toEqual(exact.within(path, '{{x}}'));
    expect(quick.inText(path, 6)).toEqual({ line: 3, column: 14 });
  });
});
