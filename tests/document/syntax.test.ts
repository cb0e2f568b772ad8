import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/document/document.js';

function places(text: string): string[] {
  return parseSource('f.yaml', text).findings.map(
    ({ line, column, rule, message }) => `${line}:${column} ${rule} ${message}`,
  );
}

describe('invalid YAML', () => {
  it.each([
    [
      'indents with a no-break space',
      'a:\n\u00a0 b: 1\n',
      '2:1 yaml/syntax this is a no-break space (U+00A0), which YAML does not accept here',
    ],
    [
      'has a zero width space in a key',
      'ti\u200btle: One\n',
      '1:3 yaml/syntax this is an invisible character (U+200B), which YAML does not accept here',
    ],
    [
      'indents with a tab',
      'a:\n\tb: 1\n',
      '2:1 yaml/syntax this is a tab, and YAML accepts only spaces here',
    ],
    [
      'indents a list with a tab',
      'sections:\n\t- type: intro\n',
      '2:1 yaml/syntax this is a tab, and YAML accepts only spaces here',
    ],
    [
      'has a key twice',
      'a: 1\nb: 2\na: 3\n',
      '3:1 yaml/syntax duplicate key "a"; it is already set on line 1',
    ],
    [
      'has a key twice in an item',
      'x:\n  - a: 1\n    a: 2\n',
      '3:5 yaml/syntax duplicate key "a"; it is already set on line 2',
    ],
    [
      'has a key twice after CRLF',
      'a: 1\r\nb: 2\r\na: 3\r\n',
      '3:1 yaml/syntax duplicate key "a"; it is already set on line 1',
    ],
    [
      'has a key twice after a byte order mark',
      '\ufeffa: 1\na: 2\n',
      '2:1 yaml/syntax duplicate key "a"; it is already set on line 1',
    ],
    [
      'holds two documents',
      'a: 1\n---\nb: 2\n',
      '2:1 yaml/syntax a second YAML document begins here; a file can contain only one',
    ],
    [
      'holds two documents after an end mark',
      'a: 1\n...\n---\nb: 2\n',
      '3:1 yaml/syntax a second YAML document begins here; a file can contain only one',
    ],
    ['is empty', '', '1:1 yaml/empty the file is empty'],
    ['holds only a comment', '# nothing\n', '1:1 yaml/empty the file is empty'],
    ['holds only null', 'null\n', '1:1 yaml/empty the file is empty'],
    ['names a tag', 'a: !foo x\n', '1:4 yaml/syntax text that begins with ! needs quotes'],
  ])('%s', (_, text, finding) => {
    expect(places(text)).toEqual([finding]);
  });

  it('is reported at a colon that needs quotes', () => {
    expect(places('title: Hello: world\n')).toEqual([
      '1:13 yaml/syntax text with a colon and a space needs quotes',
    ]);
  });

  it('shows its line, without the line break', () => {
    const [finding] = parseSource('issues/001.yaml', 'a: 1\r\na: 2\r\n').findings;
    expect(finding).toMatchObject({ file: 'issues/001.yaml', severity: 'error', excerpt: 'a: 2' });
  });

  it('has no value', () => {
    expect(parseSource('f.yaml', 'a: 1\na: 2\n').value).toBeUndefined();
  });

  it('names an alias without an anchor, and its position', () => {
    expect(places('a: 1\nb: *nope\n')).toEqual([expect.stringMatching(/^2:4 .*nope/)]);
  });
});

describe('valid YAML', () => {
  it('is plain data in the core schema of YAML 1.2', () => {
    const { value, findings } = parseSource('f.yaml', 'a: yes\nb: 2018-09-18\nc: 0x10\nd: ~\ne: [1, two]\n');
    expect(findings).toEqual([]);
    expect(value).toEqual({ a: 'yes', b: '2018-09-18', c: 16, d: null, e: [1, 'two'] });
  });

  it('can use an alias', () => {
    expect(parseSource('f.yaml', 'a: &x { b: 1 }\nc: *x\n').value).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  it('cannot change a prototype', () => {
    const { value } = parseSource('f.yaml', '__proto__: { polluted: true }\n');
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
