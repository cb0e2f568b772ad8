import { describe, expect, it } from 'vitest';
import { segmentTest } from '../../src/audience/segment.js';
import type { Query } from '../../src/audience/segment-query.js';
import type { Subscriber } from '../../src/audience/subscriber.js';
import { cpuPerKilobyte } from '../support/cpu.js';

function reader(fields: Readonly<Record<string, string>>, tags: readonly string[] = []): Subscriber {
  const address = fields.email ?? 'Jane@Example.com';
  return { line: 2, address, key: address.toLowerCase(), status: 'subscribed', tags, fields };
}

const matches = (query: Query, one: Subscriber) => segmentTest('it', { it: query })(one);

describe('a segment', () => {
  it('by tag contains everybody with the tag', () => {
    expect(matches({ tags: 'aws' }, reader({}, ['beginner', 'aws']))).toBe(true);
    expect(matches({ tags: 'aws' }, reader({}, ['awesome']))).toBe(false);
    expect(matches({ tags: 'aws' }, reader({ tags: 'aws' }))).toBe(false);
  });

  it.each([
    [{ city: 'Paris' }, true],
    [{ city: { $ne: 'Paris' } }, false],
    [{ city: { $in: ['Rome', 'Paris'] } }, true],
    [{ city: { $regex: '^par', $options: 'i' } }, true],
    [{ city: { $regex: '^PAR', $options: 'i' } }, true],
    [{ city: { $not: { $regex: 'ris$' } } }, false],
    [{ tags: { $regex: '^a' } }, true],
    [{ tags: { $elemMatch: { $regex: '^b' } } }, false],
    [{ city: { $regex: '\\p{Lu}[a-z]+' } }, true],
    [{ city: { $exists: true } }, true],
    [{ city: { $not: { $in: ['Rome', 'Paris'] } } }, false],
    [{ $nor: [{ city: 'Rome' }, { tags: 'aws' }] }, false],
    [{ email: 'JANE@example.com' }, true],
    [{ City: 'Paris' }, true],
    [{ first_name: null }, true],
    [{ city: null }, false],
    [{ city: { $ne: null } }, true],
    [{ $or: [{ city: 'Rome' }, { tags: 'aws' }] }, true],
    [{ $and: [{ city: 'Paris' }, { tags: { $nin: ['aws'] } }] }, false],
    [{ tags: { $all: ['aws', 'x'] } }, false],
    [{ email: 'jane@example.com' }, true],
    [{}, true],
  ] as const)('by %j tests every field', (query, expected) => {
    expect(matches(query, reader({ city: 'Paris', email: 'Jane@Example.com' }, ['aws']))).toBe(expected);
  });

  it('that does not exist is an error with the most similar name and the others', () => {
    expect(() => segmentTest('asw', { aws: { tags: 'aws' }, beginner: { tags: 'beginner' } })).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: 'there is no segment "asw"; did you mean "aws"?',
        hint: 'segments: aws, beginner',
      }),
    );
  });

  it('is an error that says where to define segments when there are none', () => {
    expect(() => segmentTest('aws', {})).toThrow(
      expect.objectContaining({ hint: 'define it under audience.segments in obn.yaml' }),
    );
  });

  it.each(['(a+)+$', '(a|a)*b', '(.*a){20}$'])(
    'with the expression %s takes time in proportion to the text',
    async (pattern) => {
      const one = reader({ city: `${'a'.repeat(50_000)}!` });
      const work = () => matches({ city: { $regex: pattern } }, one);
      expect(await cpuPerKilobyte(50_000, work)).toBeLessThan(100);
    },
  );

  it.each([
    [{ $regex: '(?=a)b' }, 'is not a valid RE2 expression'],
    [{ $regex: '(a' }, 'is not a valid RE2 expression'],
    [{ $regex: 'a', $options: 'g' }, '$options does not support "g", only i, m and s'],
    [{ $regex: 5 }, '$regex and $options must be text'],
  ])('with the expression %j is an error', (city, message) => {
    expect(() => matches({ city }, reader({ city: 'Paris' }))).toThrow(message);
  });

  it.each(['constructor', '__proto__', 'toString'])('named %s does not exist', (name) => {
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

  it('with an invalid query is an error that names it', () => {
    expect(() => segmentTest('it', { it: { city: { $nonsense: 1 } } })).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: expect.stringMatching(/^the query of the segment "it" cannot be read: /),
      }),
    );
  });
});

const LIST_ROW = { active: 'true', age: '100', plan: '1', since: '2019-05-01', name: 'Zoë', empty: '' };

describe('a segment compares', () => {
  it.each([
    [{ active: true }, true],
    [{ active: { $ne: true } }, false],
    [{ active: { $in: [false] } }, false],
    [{ active: 'true' }, true],
    [{ age: { $gte: 18 } }, true],
    [{ age: { $gte: '18' } }, true],
    [{ age: { $gt: 99.5, $lt: 101 } }, true],
    [{ age: { $not: { $gte: 18 } } }, false],
    [{ age: { $in: [7, 100] } }, true],
    [{ plan: 1 }, true],
    [{ plan: '1' }, true],
    [{ plan: { $nin: [1, 2] } }, false],
    [{ $or: [{ plan: 2 }, { $and: [{ age: { $lt: 7 } }] }] }, false],
    [{ since: { $lt: '2020' } }, true],
    [{ since: { $lt: 2020 } }, true],
    [{ since: { $gte: '2019-05-01' } }, true],
    [{ since: { $gt: '2019-05-01T10:00:00Z' } }, false],
    [{ age: { $lt: '2020' } }, true],
    [{ name: { $gte: 'M' } }, true],
    [{ empty: { $ne: 3 } }, true],
    [{ empty: { $gte: 3 } }, false],
    [{ empty: { $lt: '2020' } }, false],
    [{ empty: null }, true],
    [{ tags: 2024 }, true],
    [{ tags: { $in: [2024, 'x'] } }, true],
  ] as const)('numbers, dates and booleans as such: %j', (query, expected) => {
    expect(matches(query, reader(LIST_ROW, ['2024']))).toBe(expected);
  });

  it.each([
    [{ name: 18 }, 'compares "name" as a number, but the value is "Zoë"'],
    [{ name: { $gte: 18 } }, 'compares "name" as a number, but the value is "Zoë"'],
    [{ $nor: [{ age: true }] }, 'compares "age" as yes or no, but the value is "100"'],
    [{ name: { $lt: '2020' } }, 'compares "name" as a date, but the value is "Zoë"'],
    [{ age: { $lt: '2020-01-01' } }, 'compares "age" as a date, but the value is "100"'],
  ])('no value of another type: %j', (query, message) => {
    expect(() => segmentTest('it', { it: query }, 'list.csv')(reader(LIST_ROW))).toThrow(
      expect.objectContaining({ exitCode: 3, message: `list.csv:2:1 the segment "it" ${message}` }),
    );
  });

  it('only ISO dates, with an error for others', () => {
    const test = segmentTest('it', { it: { since: { $lt: '2020' } } }, 'list.csv');
    expect(() => test(reader({ since: '5/1/2019' }))).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('as 2019-02-14') }),
    );
  });

  it('a column with one type of value in a list', () => {
    expect(() => matches({ plan: { $in: [1, 'x'] } }, reader(LIST_ROW))).toThrow('several kinds');
  });
});

describe('a segment with a column that the list does not have', () => {
  it.each([
    [{ cuntry: { $ne: 'de' } }],
    [{ cuntry: { $exists: false } }],
    [{ $and: [{ country: 'de' }, { $or: [{ country: 'at' }, { cuntry: 'de' }] }] }],
    [{ $nor: [{ cuntry: 'de' }] }],
    [{ country: 'de', cuntry: { $not: { $in: ['de'] } } }],
  ])('is an error with the most similar name: %j', (query) => {
    expect(() => matches(query, reader({ country: 'de' }))).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message:
          'the segment "it" uses the column "cuntry", which the list does not have; did you mean "country"?',
      }),
    );
  });

  it('may use the columns that every list can have', () => {
    expect(matches({ tags: 'aws', status: 'subscribed', last_name: { $ne: 'X' } }, reader({}, ['aws']))).toBe(
      true,
    );
  });

  it('treats a missing column of a reader in the ledger as no value', () => {
    const test = segmentTest('it', { it: { country: { $ne: 'de' } } });
    expect(test(reader({ country: 'de' }))).toBe(false);
    expect(test({ ...reader({}), line: 0 })).toBe(true);
    const alone = segmentTest('it', { it: { country: { $ne: 'de' } } });
    expect(() => alone({ ...reader({}), line: 0 })).toThrow('uses the column "country"');
  });
});
