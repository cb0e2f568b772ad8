import { describe, expect, it } from 'vitest';
import { InFlight } from '../../src/delivery/in-flight.js';
import type { Claim } from '../../src/ledger/delivery.js';
import type { Clock } from '../../src/platform/clock.js';
import type { CallResult } from '../../src/transport/transport.js';
import { accepted, claim } from './answers.js';

interface World {
  readonly limit?: number;
  readonly batch?: number;
}

/** A flight at a rate over a transport that answers when it is told to, and the time that it goes by. */
function flightAt(rate: number, { limit, batch = 1 }: World = {}) {
  const time = { now: 0 };
  const clock: Clock = {
    ...{ now: () => time.now, steady: () => time.now },
    sleep: () => new Promise(() => undefined),
    after: () => () => undefined,
  };
  const answers: ((result: CallResult) => void)[] = [];
  const transport = {
    ...{ concurrency: 50, batch },
    limits: async () => ({}),
    send: () => new Promise<CallResult>((resolve) => void answers.push(resolve)),
    close: async () => undefined,
  };
  const writer = { write: () => ({}) as never };
  const { signal } = new AbortController();
  const flight = new InFlight({ transport, writer, clock, rate, limit, signal });
  let claimed = 0;
  /** Hands over what may be, as a run does. @returns how many messages */
  const handOver = (): number => {
    const wanted = flight.take();
    const claims: Claim[] = Array.from({ length: wanted }, (_, at) => ({
      ...claim(1),
      sequence: claimed + at,
    }));
    claimed += wanted;
    flight.start(claims, wanted);
    return wanted;
  };
  /** Answers the call that has waited longest. */
  const answer = async (result: CallResult) => {
    answers.shift()?.(result);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { flight, time, handOver, answer };
}

describe('a worker that shares a rate', () => {
  it('continues while it can report', () => {
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

describe('the first call', () => {
  it('is answered before the next call, because it measures the duration', () => {
    const { handOver, time } = flightAt(20);
    expect(handOver()).toBe(1);
    time.now += 1_999;
    expect(handOver()).toBe(0);
  });

  it('allows more calls as soon as it is answered', async () => {
    const { handOver, answer, time } = flightAt(20);
    expect(handOver()).toBe(1);
    time.now += 100;
    await answer([accepted]);
    time.now += 1_000;
    expect(handOver()).toBeGreaterThan(0);
  });

  it('is waited for no longer than two seconds', () => {
    const { handOver, time } = flightAt(20);
    expect(handOver()).toBe(1);
    time.now += 2_000;
    expect(handOver()).toBeGreaterThan(0);
  });
});

describe('messages in flight', () => {
  it('is never more than goes out in half a second', () => {
    const { flight, handOver, time } = flightAt(20);
    for (let second = 0; second < 60; second++) {
      time.now += 1_000;
      handOver();
    }
    expect(flight.inFlight).toBe(10);
  });

  it('is never more than a person has allowed', async () => {
    const { flight, handOver, answer, time } = flightAt(20, { limit: 3 });
    for (let second = 0; second < 10; second++) {
      time.now += 1_000;
      handOver();
      await answer([accepted]);
    }
    expect(flight.drain()).toHaveLength(3);
    expect(flight.ending()).toEqual({ kind: 'limit' });
  });

  it('do not change while a split call waits for its permission', async () => {
    const { handOver, answer, time } = flightAt(4, { batch: 4 });
    time.now += 1_000;
    expect(handOver()).toBe(4);
    await answer('split');
    time.now += 10_000;
    expect(handOver()).toBe(0);
  });
});
