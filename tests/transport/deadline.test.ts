import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerOf } from '../../src/transport/ses/answers.js';
import { DEADLINE_MS, withinDeadline } from '../../src/transport/ses/request.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('aborts a call whose response stalls, with an unknown outcome', async () => {
  const hanging = withinDeadline((signal) => new Promise<string>(() => signal.throwIfAborted()));
  const caught = hanging.catch((error: unknown) => answerOf(error));
  await vi.advanceTimersByTimeAsync(DEADLINE_MS);
  expect(await caught).toEqual({
    kind: 'unknown',
    code: 'TimeoutError',
    reason: 'no complete response within 45000 ms',
  });
});

it('leaves no timer after a response', async () => {
  expect(await withinDeadline(async () => 'yes')).toBe('yes');
  await expect(withinDeadline(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});
