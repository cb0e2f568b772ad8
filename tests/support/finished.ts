import { AsyncLocalStorage } from 'node:async_hooks';
import { onTestFinished } from 'vitest';

const scopes = new AsyncLocalStorage<(() => void)[]>();

/** Calls back once the running test is over; outside of a test, where nobody would call, never. */
export function whenTestFinished(callback: () => void): void {
  const scope = scopes.getStore();
  if (scope) scope.push(callback);
  else {
    try {
      onTestFinished(callback);
    } catch {
      // In a hook or in a script; whoever called cleans up.
    }
  }
}

/**
 * Runs what outlives the test that began it, or runs beside others, and calls back at its own end: vitest would take
 * whichever test is running by then for the one that calls.
 */
export async function withOwnEnd<T>(body: () => Promise<T>): Promise<T> {
  const scope: (() => void)[] = [];
  try {
    return await scopes.run(scope, body);
  } finally {
    for (const callback of scope.reverse()) callback();
  }
}
