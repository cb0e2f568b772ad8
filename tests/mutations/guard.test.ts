import { describe, expect, it } from 'vitest';
import { judge, mutate } from '../../scripts/mutation/guard.js';

const FILE = 'tests/a.test.ts';

/** What vitest says of a file with one test that failed so. */
function failedWith(message: string, name = `/tmp/copy/${FILE}`) {
  const assertionResults = [{ fullName: 'a b', status: 'failed', failureMessages: [message] }];
  return { name, assertionResults };
}

describe('a mutation', () => {
  const mutation = { name: 'a', file: 'src/a.ts', find: 'if (late) return;', replace: '$&' };

  it('replaces its text, and takes it as it is written', () => {
    expect(mutate('a\n  if (late) return;\n', mutation)).toBe('a\n  $&\n');
  });

  it.each([
    ['is gone', 'a'],
    ['is there twice', 'if (late) return; if (late) return;'],
  ])('does not apply where its text %s', (_, text) => {
    expect(() => mutate(text, mutation)).toThrow('src/a.ts contains the text to replace');
  });
});

describe('a guard', () => {
  it.each([
    'AssertionError: expected 1 to be 2\n    at x',
    'Error: promise resolved "undefined" instead of rejecting',
    'Error: Property failed after 3 tests\nCaused by: AssertionError: expected 1 to be 2',
  ])('is proven by a test whose assertion failed: %j', (message) => {
    expect(judge([failedWith(message)], [FILE])).toEqual({ verdict: 'caught', detail: 'a b' });
  });

  it.each([
    'SyntaxError: Unexpected token',
    'error: syntax error at or near "where"',
    'Error: Test timed out in 20000ms.',
  ])('is not proven by a test that failed otherwise: %j', (message) => {
    expect(judge([failedWith(message)], [FILE]).verdict).toBe('broken');
  });

  it('is not proven by a file that cannot be loaded, or did not run', () => {
    const report = { name: `/tmp/copy/${FILE}`, assertionResults: [], message: 'Failed to load' };
    expect(judge([report], [FILE])).toEqual({ verdict: 'broken', detail: 'Failed to load' });
    expect(judge([], [FILE]).verdict).toBe('broken');
  });

  it('survives when one of its test files stays green', () => {
    const green = {
      name: '/tmp/copy/tests/b.test.ts',
      assertionResults: [{ fullName: 'c', status: 'passed' }],
    };
    const reports = [failedWith('AssertionError: no'), green];
    expect(judge(reports, [FILE, 'tests/b.test.ts'])).toEqual({
      verdict: 'survived',
      detail: 'tests/b.test.ts still passes',
    });
  });
});
