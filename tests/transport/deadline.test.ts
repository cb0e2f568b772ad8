import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerOf } from '../../src/transport/ses/answers.js';
import { DEADLINE_MS, withinDeadline } from '../../src/transport/ses/request.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('gives up a call whose answer stops half-way, and nobody knows what became of it', async () => {
  const hanging = withinDeadline((signal) => new Promise<string>(() => signal.throwIfAborted()));
  const caught = hanging.catch((error: unknown) => answerOf(error));
  await vi.advanceTimersByTimeAsync(DEADLINE_MS);
  expect(await caught).toEqual({
    kind: 'unknown',
    code: 'TimeoutError',
    reason: 'there was no whole answer within 45000 ms',
  });
});

it('leaves nothing behind when a call has its answer', async () => {
  expect(await withinDeadline(async () => 'yes')).toBe('yes');
  await expect(withinDeadline(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});
