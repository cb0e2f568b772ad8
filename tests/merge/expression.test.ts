import { describe, expect, it } from 'vitest';
import {
  columnName,
  expressionAt,
  MERGE_FORMS,
  parseExpression,
  replaceExpressions,
} from '../../src/merge/expression.js';

describe('the forms that the guide shows', () => {
  it.each(MERGE_FORMS)('$example is a $kind', ({ example, kind }) => {
    const found = expressionAt(example, 0);
    expect([found?.source, found?.expression.kind]).toEqual([example, kind]);
  });
});

describe('a merge field', () => {
  it.each([
    ['first_name', 'first_name'],
    ['  first_name\t', 'first_name'],
    ['First-Name', 'first_name'],
    ['_hidden', '_hidden'],
    ['straße', 'straße'],
    ['名前', '名前'],
    ['field2', 'field2'],
    ['newsletter', 'newsletter'],
    ['default', 'default'],
  ])('%j is the column %s', (inner, name) => {
    expect(parseExpression(inner)).toEqual({ kind: 'field', name });
  });
});

describe('a merge field with a fallback', () => {
  it.each([
    ['default first_name "there"', 'there'],
    ["default first_name 'there'", 'there'],
    ['default first_name ""', ''],
    [`default first_name "it's"`, "it's"],
    [`default first_name 'so "called"'`, 'so "called"'],
    ['  default   first_name   "a  b"  ', 'a  b'],
    ['default First-Name "x"', 'x'],
    ['default first_name "$& $1 \\n"', '$& $1 \\n'],
    ['default first_name "<b>&amp;"', '<b>&amp;'],
  ])('%j falls back to %j', (inner, fallback) => {
    expect(parseExpression(inner)).toEqual({ kind: 'field', name: 'first_name', fallback });
  });
});

describe('a constant', () => {
  it.each([
    ['newsletter.name', ['newsletter', 'name']],
    [' issue.number ', ['issue', 'number']],
    ['newsletter.author.name', ['newsletter', 'author', 'name']],
  ])('%j is the path %j', (inner, path) => {
    expect(parseExpression(inner)).toEqual({ kind: 'constant', path });
  });
});

describe('a snippet', () => {
  it.each([
    ['> tip', 'tip'],
    ['>tip', 'tip'],
    ['  >  A-1_b ', 'A-1_b'],
  ])('%j is the file %s', (inner, name) => {
    expect(parseExpression(inner)).toEqual({ kind: 'snippet', name });
  });
});

describe('an invalid merge field', () => {
  it.each([
    ['', 'the braces are empty'],
    ['   ', 'the braces are empty'],
    ['#if x', 'merge fields have no blocks, conditions or comments'],
    ['/if', 'merge fields have no blocks, conditions or comments'],
    ['! comment', 'merge fields have no blocks, conditions or comments'],
    ['& raw', 'merge fields have no blocks, conditions or comments'],
    ['> ../secret', 'the name of a snippet can contain letters, digits, - and _'],
    ['> a/b', 'the name of a snippet can contain letters, digits, - and _'],
    ['>', 'the name of a snippet can contain letters, digits, - and _'],
    ['default first_name', 'write a fallback as {{default first_name "there"}}'],
    ['default first_name there', 'write a fallback as {{default first_name "there"}}'],
    ['default first_name “there”', 'write a fallback as {{default first_name "there"}}'],
    ['default newsletter.name "x"', 'write a fallback as {{default first_name "there"}}'],
    [`default first_name "a' `, 'write a fallback as {{default first_name "there"}}'],
    ['first name', 'a merge field names a column of the list, such as {{first_name}}'],
    ['1st', 'a merge field names a column of the list, such as {{first_name}}'],
    ['first_name.x', 'a merge field names a column of the list, such as {{first_name}}'],
    ['subscriber.name', 'a merge field names a column of the list, such as {{first_name}}'],
    ['newsletter.', 'a merge field names a column of the list, such as {{first_name}}'],
    ['newsletter..name', 'a merge field names a column of the list, such as {{first_name}}'],
    ['a | b', 'a merge field names a column of the list, such as {{first_name}}'],
  ])('%j has the reason', (inner, reason) => {
    expect(parseExpression(inner)).toEqual({ kind: 'invalid', reason });
  });
});

describe('the name of a column', () => {
  it.each([
    ['First Name', 'first_name'],
    ['  E-Mail  ', 'e_mail'],
    ['FIRST\u00a0  NAME', 'first_name'],
    ['a - b', 'a_b'],
    ['Größe', 'größe'],
    ['', ''],
  ])('for %j is %j', (header, name) => {
    expect(columnName(header)).toBe(name);
  });
});

describe('a text with merge fields', () => {
  const shown = (text: string) =>
    replaceExpressions(text, ({ source, expression }) => `<${source}:${expression.kind}>`);

  it('has each of them replaced, and nothing else', () => {
    expect(shown('Hi {{a}}, {{newsletter.name}}{{> tip}}{{#x}}!')).toBe(
      'Hi <{{a}}:field>, <{{newsletter.name}}:constant><{{> tip}}:snippet><{{#x}}:invalid>!',
    );
  });

  it.each(['{a}', '{ {a} }', '{{a', 'a}}', '{{a}', '{{a\n}}', '{{a{b}}', '{{ {x} }}', '$a{a}'])(
    'leaves %j unchanged',
    (text) => {
      expect(shown(text)).toBe(text);
    },
  );

  it('uses the inner pair of three braces', () => {
    expect(shown('{{{a}}}')).toBe('{<{{a}}:field>}');
  });

  it('inserts a replacement literally', () => {
    expect(replaceExpressions('{{a}}', () => '$& $1 {{b}}')).toBe('$& $1 {{b}}');
  });
});

describe('the merge field at an offset', () => {
  it('is the one that begins there', () => {
    expect(expressionAt('x {{a}} y', 2)).toEqual({
      source: '{{a}}',
      offset: 2,
      expression: { kind: 'field', name: 'a' },
    });
  });

  it('is undefined when none begins there', () => {
    expect(expressionAt('x {{a}} y', 1)).toBeUndefined();
    expect(expressionAt('x {{a}} y', 3)).toBeUndefined();
    expect(expressionAt('{{a', 0)).toBeUndefined();
    expect(expressionAt('', 0)).toBeUndefined();
  });
});
