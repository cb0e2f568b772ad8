import { onTestFinished } from 'vitest';

/** Calls back once the running test is over; outside of a test, where nobody would call, never. */
export function whenTestFinished(callback: () => void): void {
  try {
    onTestFinished(callback);
  } catch {
    // In a hook or in a script; whoever called cleans up.
  }
}
