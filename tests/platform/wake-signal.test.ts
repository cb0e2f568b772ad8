import { expect, it } from 'vitest';
import type { Clock } from '../../src/platform/clock.js';
import { WakeSignal } from '../../src/platform/wake-signal.js';

/** A clock that goes on only when it is told to, and then calls who has waited. */
function handClock(start: number) {
  let now = start;
  const waiting = new Map<() => void, number>();
  const clock = {
    now: () => now,
    after: (ms: number, callback: () => void) => {
      waiting.set(callback, now + ms);
      return () => waiting.delete(callback);
    },
  } as unknown as Clock;
  const goOn = async (ms: number) => {
    now += ms;
    for (const [callback, at] of waiting) {
      if (at > now) continue;
      waiting.delete(callback);
      callback();
    }
    await new Promise(setImmediate);
  };
  return { clock, goOn, timers: () => [...waiting.values()].map((at) => at - now) };
}

function waiting(promise: Promise<void>) {
  const state = { over: false };
  promise.then(() => {
    state.over = true;
  });
  return state;
}

it('wakes the waiter, and counts earlier rings as one', async () => {
  const { clock, goOn } = handClock(0);
  const bell = new WakeSignal(clock);
  const first = waiting(bell.wait(undefined));
  await goOn(0);
  expect(first.over).toBe(false);
  bell.ring();
  await goOn(0);
  expect(first.over).toBe(true);
  bell.ring();
  bell.ring();
  await bell.wait(undefined);
  const second = waiting(bell.wait(undefined));
  await goOn(0);
  expect(second.over).toBe(false);
});

it('stops waiting at a deadline, with timers of at most an hour', async () => {
  const { clock, goOn, timers } = handClock(1_000);
  const bell = new WakeSignal(clock);
  const state = waiting(bell.wait(1_000 + 5_400_000));
  expect(timers()).toEqual([3_600_000]);
  await goOn(3_600_000);
  expect([state.over, timers()]).toEqual([false, [1_800_000]]);
  await goOn(1_800_000);
  expect([state.over, timers()]).toEqual([true, []]);
  await bell.wait(1_000);
});

it('clears its timer when it rings', async () => {
  const { clock, goOn, timers } = handClock(0);
  const bell = new WakeSignal(clock);
  const state = waiting(bell.wait(60_000));
  bell.ring();
  await goOn(0);
  expect([state.over, timers()]).toEqual([true, []]);
});
