import { describe, expect, it } from 'vitest';
import { InFlight } from '../../src/delivery/in-flight.js';
import { systemClock } from '../../src/platform/clock.js';

/** A flight at a rate, and the time that it goes by. */
function flightAt(rate: number) {
  const time = { now: 0 };
  const clock = { ...systemClock, now: () => time.now, steady: () => time.now };
  const transport = {
    ...{ name: 'smtp', concurrency: 50, batch: 1 },
    limits: async () => ({}),
    send: async () => [],
    close: async () => undefined,
  } as const;
  const writer = { write: () => ({}) as never };
  const { signal } = new AbortController();
  const flight = new InFlight({ transport, writer, clock, rate, limit: undefined, signal });
  return { flight, time };
}

describe('a worker that shares a rate', () => {
  it('goes on while it is heard', () => {
    const { flight, time } = flightAt(100);
    flight.shareWith({ workers: 1, place: 0 });
    time.now += 3_000;
    flight.shareWith({ workers: 1, place: 0 });
    time.now += 50;
    expect(flight.take()).toBeGreaterThan(0);
  });

  it.each([1, 3])('holds back when it could not be heard for long, and sees %i', (workers) => {
    const { flight, time } = flightAt(100);
    flight.shareWith({ workers: 1, place: 0 });
    time.now += 30_000;
    flight.shareWith({ workers, place: 0 });
    time.now += 1_400;
    expect(flight.take()).toBe(0);
    time.now += 400;
    expect(flight.take()).toBeGreaterThan(0);
  });

  it('holds back where it joins others, and begins at once where it is alone', () => {
    const alone = flightAt(100);
    alone.flight.shareWith({ workers: 1, place: 0 });
    expect(alone.flight.take()).toBe(1);
    const joining = flightAt(100);
    joining.flight.shareWith({ workers: 2, place: 1 });
    joining.time.now += 1_000;
    expect(joining.flight.take()).toBe(0);
  });
});
