import { describe, expect, it } from 'vitest';
import { type Query, segmentTest } from '../../src/audience/segment.js';
import type { Subscriber } from '../../src/audience/subscriber.js';

function reader(fields: Readonly<Record<string, string>>, tags: readonly string[] = []): Subscriber {
  const address = fields.email ?? 'Jane@Example.com';
  return { line: 2, address, key: address.toLowerCase(), status: 'subscribed', tags, fields };
}

const matches = (query: Query, one: Subscriber) => segmentTest('it', { it: query })(one);

describe('a segment', () => {
  it('by tag is everybody who has it', () => {
    expect(matches({ tags: 'aws' }, reader({}, ['beginner', 'aws']))).toBe(true);
    expect(matches({ tags: 'aws' }, reader({}, ['awesome']))).toBe(false);
    expect(matches({ tags: 'aws' }, reader({ tags: 'aws' }))).toBe(false);
  });

  it.each([
    [{ city: 'Paris' }, true],
    [{ city: { $ne: 'Paris' } }, false],
    [{ city: { $in: ['Rome', 'Paris'] } }, true],
    [{ city: { $regex: '^par', $options: 'i' } }, true],
    [{ country: { $exists: false } }, true],
    [{ $or: [{ city: 'Rome' }, { tags: 'aws' }] }, true],
    [{ $and: [{ city: 'Paris' }, { tags: { $nin: ['aws'] } }] }, false],
    [{ tags: { $all: ['aws', 'x'] } }, false],
    [{ email: 'jane@example.com' }, true],
    [{}, true],
  ] as const)('by %j is asked of every field', (query, expected) => {
    expect(matches(query, reader({ city: 'Paris', email: 'Jane@Example.com' }, ['aws']))).toBe(expected);
  });

  it('that is not known is an error with the nearest, and the others', () => {
    expect(() => segmentTest('asw', { aws: { tags: 'aws' }, beginner: { tags: 'beginner' } })).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: 'there is no segment "asw"; did you mean "aws"?',
        hint: 'there are aws, beginner',
      }),
    );
  });

  it('where there are none is an error that says where they stand', () => {
    expect(() => segmentTest('aws', {})).toThrow(
      expect.objectContaining({ hint: 'describe it under audience.segments in obn.yaml' }),
    );
  });

  it.each(['constructor', '__proto__', 'toString'])('named %s is not known', (name) => {
    expect(() => segmentTest(name, { aws: {} })).toThrow('there is no segment');
  });

  it.each([
    [{ $where: 'this.email' }],
    [{ $or: [{ city: 'x' }, { $where: 'process.exit()' }] }],
    [{ city: { $not: { $where: 'true' } } }],
  ])('that runs code is refused: %j', (query) => {
    expect(() => segmentTest('it', { it: query })).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: 'the segment "it" uses $where, which runs code and is not allowed',
      }),
    );
  });

  it('that is no query is an error that names it', () => {
    expect(() => segmentTest('it', { it: { city: { $nonsense: 1 } } })).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: expect.stringMatching(/^the query of the segment "it" cannot be read: /),
      }),
    );
  });
});
