import { describe, expect, it } from 'vitest';
import { dueState } from '../../src/delivery/due.js';

const HOUR = 3_600_000;
const AT = 1_000 * HOUR;
const GRACE = 24 * HOUR;
const issue = { at: AT, draft: false, finished: undefined };

describe('the state of an issue', () => {
  it.each([
    ['a moment before its time', AT - 1, issue, 'ahead'],
    ['at its time', AT, issue, 'due'],
    ['at the end of its grace', AT + GRACE, issue, 'due'],
    ['after its grace', AT + GRACE + 1, issue, 'late'],
    ['that has begun, long after its grace', AT + 99 * GRACE, { ...issue, finished: false }, 'begun'],
    ['that has begun by hand before its time', AT - 1, { ...issue, finished: false }, 'ahead'],
    ['that is finished', AT + 1, { ...issue, finished: true }, 'none'],
    ['that is finished before its time', AT - 1, { ...issue, finished: true }, 'none'],
    ['that is a draft', AT + 1, { ...issue, draft: true }, 'none'],
    ['without a time', AT, { ...issue, at: undefined }, 'none'],
    ['with a time that is none', AT, { ...issue, at: Number.NaN }, 'due'],
    ['that is finished, and has such a time now', AT, { ...issue, at: Number.NaN, finished: true }, 'none'],
  ] as const)('%s', (_name, now, facts, state) => {
    expect(dueState(facts, now, GRACE)).toBe(state);
  });
});
