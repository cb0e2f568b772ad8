import { expect, test } from 'vitest';
import { whenTestFinished, withOwnEnd } from './finished.js';

const ended: string[] = [];

test('a test calls back when it is over, and what has an end of its own when that has come', async () => {
  whenTestFinished(() => ended.push('test'));
  const result = await withOwnEnd(async () => {
    whenTestFinished(() => ended.push('first'));
    await Promise.resolve();
    whenTestFinished(() => ended.push('second'));
    return 'result';
  });
  expect(result).toBe('result');
  expect(ended).toEqual(['second', 'first']);
});

test('an error is no reason not to call back', async () => {
  expect(ended).toEqual(['second', 'first', 'test']);
  const failing = withOwnEnd(async () => {
    whenTestFinished(() => ended.push('failed'));
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(ended.at(-1)).toBe('failed');
});
