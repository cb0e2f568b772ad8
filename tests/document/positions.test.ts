import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/document/document.js';

const TEXT = `# a comment
number: 3
title:   A title
sections:
  - type: story
    heading: "Hi {{first_name}}"
    body: |
      One {{first_name}} and
      two {{first_name}}.
  - { type: image, src: a.png }
empty:
`;

const source = parseSource('f.yaml', TEXT);
const place = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;

describe('the position of a value', () => {
  it.each([
    ['a scalar', ['number'], '2:9'],
    ['a scalar after more spaces', ['title'], '3:10'],
    ['a list', ['sections'], '5:3'],
    ['an item', ['sections', 0], '5:5'],
    ['a field of an item', ['sections', 0, 'heading'], '6:14'],
    ['a block text', ['sections', 0, 'body'], '7:11'],
    ['an item in braces', ['sections', 1], '10:5'],
    ['a field in braces', ['sections', 1, 'src'], '10:25'],
    ['nothing at all', [], '2:1'],
  ])('is the start of %s', (_, path, expected) => {
    expect(place(source.at(path))).toBe(expected);
  });

  it('is the position of the nearest parent when the value is missing', () => {
    expect(place(source.at(['sections', 0, 'image', 'alt']))).toBe('5:5');
    expect(place(source.at(['sections', 7]))).toBe('5:3');
    expect(place(source.at(['nothing']))).toBe('2:1');
  });

  it('is on the line of an empty entry', () => {
    expect(source.at(['empty']).line).toBe(11);
  });

  it('follows an alias to its anchor', () => {
    const aliased = parseSource('f.yaml', 'a: &x\n  b: 1\nc: *x\n');
    expect(place(aliased.at(['c', 'b']))).toBe('2:6');
  });

  it('is counted from the first character after a byte order mark', () => {
    const marked = parseSource('f.yaml', '\ufeffa: 1\nb: 2\n');
    expect(place(marked.at(['b']))).toBe('2:4');
  });

  it('is the same with CRLF', () => {
    const windows = parseSource('f.yaml', TEXT.replaceAll('\n', '\r\n'));
    expect(place(windows.at(['sections', 0, 'heading']))).toBe('6:14');
    expect(place(windows.at(['sections', 1, 'src']))).toBe('10:25');
  });
});

describe('the position of a key', () => {
  it.each([
    [['number'], '2:1'],
    [['sections', 0, 'heading'], '6:5'],
    [['sections', 1, 'src'], '10:20'],
  ])('%j is the start of the key', (path, expected) => {
    expect(place(source.keyAt(path))).toBe(expected);
  });

  it('is the position of the parent when the key is missing', () => {
    expect(place(source.keyAt(['sections', 0, 'nothing']))).toBe('5:5');
  });
});

describe('the position of a word in a value', () => {
  it('is found in quotes and in blocks', () => {
    expect(place(source.within(['sections', 0, 'heading'], '{{first_name}}'))).toBe('6:18');
    expect(place(source.within(['sections', 0, 'body'], '{{first_name}}'))).toBe('8:11');
  });

  it('is found for the second occurrence', () => {
    expect(place(source.within(['sections', 0, 'body'], '{{first_name}}', 1))).toBe('9:11');
  });

  it('is never outside of the value', () => {
    expect(place(source.within(['sections', 0, 'heading'], '{{first_name}}', 1))).toBe('6:18');
    expect(place(source.within(['title'], 'story'))).toBe('3:10');
  });
});

describe('the position of an offset in a text', () => {
  const written = `literal: | # about two


  one
    two two

  three
folded: >-
  one two
  two
quoted: " one \\"two\\" two"
plain: one
  two two
`;
  const texts = parseSource('t.yaml', written);
  const at = (key: string, word: string, nth = 0) => {
    const text = String((texts.value as Record<string, string>)[key]).trim();
    let offset = text.indexOf(word);
    for (let count = 0; count < nth; count++) offset = text.indexOf(word, offset + 1);
    return place(texts.inText([key], offset));
  };

  it.each([
    ['literal', 'one', 0, '4:3'],
    ['literal', 'two', 0, '5:5'],
    ['literal', 'two', 1, '5:9'],
    ['literal', 'three', 0, '7:3'],
    ['folded', 'two', 0, '9:7'],
    ['folded', 'two', 1, '10:3'],
    ['quoted', 'one', 0, '11:11'],
    ['plain', 'two', 1, '13:7'],
  ])('of %s is where it is written: %s', (key, word, nth, expected) => {
    expect(at(key, word, nth)).toBe(expected);
  });

  it('is the start of the text when quotes have changed it, or when it is empty', () => {
    expect(at('quoted', '"two"')).toBe('11:9');
    expect(place(texts.inText(['nothing'], 3))).toBe('1:1');
  });
});

describe('a finding', () => {
  it('has its position, its line of the file, and a hint only when there is one', () => {
    const bare = source.finding('warning', 'a/b', { line: 3, column: 10 }, 'message');
    expect(bare).toEqual({
      file: 'f.yaml',
      line: 3,
      column: 10,
      severity: 'warning',
      rule: 'a/b',
      message: 'message',
      excerpt: 'title:   A title',
    });
    expect(source.finding('error', 'a/b', { line: 1, column: 1 }, 'm', 'do this').hint).toBe('do this');
  });
});
