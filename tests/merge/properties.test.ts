import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionAt, parseExpression, replaceExpressions } from '../../src/merge/expression.js';
import { cpuMilliseconds } from '../support/cpu.js';

const inner = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('default', ' ', 'a', '"', "'", '.', 'newsletter', '>', '-', '{', '}', '#', '\n'), {
      maxLength: 30,
    })
    .map((parts) => parts.join('')),
);

describe('any text in braces', () => {
  it('is one of the four forms, and never throws', () => {
    fc.assert(
      fc.property(inner, (text) => {
        const expression = parseExpression(text);
        expect(['field', 'constant', 'snippet', 'invalid']).toContain(expression.kind);
        if (expression.kind === 'invalid') expect(expression.reason).not.toBe('');
        if (expression.kind === 'snippet') expect(expression.name).toMatch(/^[\w-]+$/);
        if (expression.kind === 'field') expect(expression.name).toBe(expression.name.toLowerCase());
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every fallback as written', () => {
    const fallback = fc.string({ unit: 'grapheme' }).filter((text) => !/["\n{}]/.test(text));
    fc.assert(
      fc.property(fallback, (text) => {
        expect(parseExpression(`default name "${text}"`)).toEqual({
          kind: 'field',
          name: 'name',
          fallback: text,
        });
      }),
    );
  });
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('{{', '}}', '{', '}', 'a', ' ', '\n', '"'), { maxLength: 40 })
      .map((parts) => parts.join('')),
  );

  it('is unchanged when every merge field is replaced by itself', () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(replaceExpressions(source, (occurrence) => occurrence.source)).toBe(source);
      }),
    );
  });

  it('has the same merge fields from every offset', () => {
    fc.assert(
      fc.property(text, (source) => {
        const found: string[] = [];
        replaceExpressions(source, (occurrence) => {
          found.push(occurrence.source);
          return '';
        });
        const looked: string[] = [];
        for (let at = 0; at < source.length; at++) {
          const occurrence = expressionAt(source, at);
          if (!occurrence) continue;
          looked.push(occurrence.source);
          at += occurrence.source.length - 1;
        }
        expect(looked).toEqual(found);
      }),
    );
  });
});

describe('a long text made to take quadratic time', () => {
  const SIZE = 200_000;

  it.each([
    ['open braces', '{'.repeat(SIZE)],
    ['pairs of open braces', '{{ '.repeat(SIZE / 3)],
    ['a field that never ends', `{{${'a'.repeat(SIZE)}`],
    ['spaces within the braces', `{{default${' '.repeat(SIZE)}x}}`],
    ['a path that goes wrong at its end', `{{newsletter${'.a'.repeat(SIZE / 2)}!}}`],
    ['a name that goes wrong at its end', `{{default ${'a-'.repeat(SIZE / 2)}!}}`],
    ['a fallback that never ends', `{{default a "${"'".repeat(SIZE)}}}`],
    ['a snippet that goes wrong at its end', `{{>${' '.repeat(SIZE / 2)}${'a'.repeat(SIZE / 2)}!}}`],
  ])('of %s is read in linear time', async (_, text) => {
    const cpu = await cpuMilliseconds(() => {
      replaceExpressions(text, () => '');
      parseExpression(text.slice(2, -2));
      expressionAt(text, 0);
    });
    expect(cpu).toBeLessThan(500);
  });
});
