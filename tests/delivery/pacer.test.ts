import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pacer } from '../../src/delivery/pacer.js';

interface Ride {
  readonly limit: number;
  /** How many messages one call takes. */
  readonly batch?: number;
  readonly seconds: number;
  /** How many milliseconds too late one is woken. */
  readonly late?: (now: number) => number;
}

/** When messages go out, in milliseconds, if one takes what there is and then sleeps as long as one is told to. */
function ride({ limit, batch = 1, seconds, late = () => 0 }: Ride): number[] {
  const pacer = new Pacer(limit, 0, batch);
  const sent: number[] = [];
  for (let now = 0; now < seconds * 1_000; now += Math.max(1, pacer.wait(now)) + late(now)) {
    const taken = pacer.take(1_000, now);
    for (let count = taken; count > 0; count--) sent.push(now);
    pass(pacer, taken, now);
  }
  return sent;
}

/** Hands over what was taken, and has it answered at once. */
function pass(pacer: Pacer, count: number, now: number): void {
  if (count > 0) pacer.answered(pacer.handOver(count, now), true, now);
}

/** The most that went out within any second. */
function busiestSecond(sent: readonly number[]): number {
  let most = 0;
  for (let from = 0, to = 0; to < sent.length; to++) {
    while ((sent[to] ?? 0) - (sent[from] ?? 0) >= 1_000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

const RATES = [1, 3, 14, 19, 50, 200, 1_000, 3_000];

describe.each(RATES)('at %i messages a second', (limit) => {
  it('never sends more within any second', () => {
    expect(busiestSecond(ride({ limit, seconds: 30 }))).toBeLessThanOrEqual(limit);
  });

  it('begins without a burst', () => {
    const sent = ride({ limit, seconds: 2 });
    for (const ms of [0, 100, 250, 500, 1_000]) {
      const early = sent.filter((at) => at <= ms).length;
      expect(early).toBeLessThanOrEqual(1 + (limit * ms) / 1_000);
    }
  });

  it('keeps up the pace', () => {
    expect(ride({ limit, seconds: 60 }).length).toBeGreaterThanOrEqual(limit * 60 * 0.97);
  });

  it('keeps up the pace when timers are a millisecond late', () => {
    const sent = ride({ limit, seconds: 60, late: () => 1 });
    expect(sent.length).toBeGreaterThanOrEqual(limit * 60 * 0.97);
    expect(busiestSecond(sent)).toBeLessThanOrEqual(limit);
  });

  it('keeps up the pace in a loop of which each turn takes 15 ms', () => {
    const sent = ride({ limit, seconds: 60, late: () => 15 });
    expect(sent.length).toBeGreaterThanOrEqual(limit * 60 * 0.97);
    expect(busiestSecond(sent)).toBeLessThanOrEqual(limit);
  });

  it('makes up for the delay of a busy process', () => {
    const sent = ride({ limit, seconds: 60, late: (now) => (now % 3_000 < 50 ? 100 : 0) });
    expect(sent.length).toBeGreaterThanOrEqual(limit * 60 * 0.97);
    expect(busiestSecond(sent)).toBeLessThanOrEqual(limit);
  });

  it('counts from when the first call has been answered', () => {
    const pacer = new Pacer(limit, 0);
    expect(pacer.take(1_000_000, 0)).toBe(1);
    const first = pacer.handOver(1, 0);
    pacer.answered(first, true, 400);
    const second = 400 + pacer.wait(400);
    expect(second).toBeGreaterThanOrEqual(400 + 1_000 / limit);
    expect(pacer.take(1, second)).toBe(1);
  });

  it('does not make up for a pause', () => {
    const pacer = new Pacer(limit, 0);
    pass(pacer, pacer.take(1_000_000, 0), 0);
    const taken = pacer.take(1_000_000, 3_600_000);
    expect(taken).toBeGreaterThanOrEqual(1);
    expect(taken).toBeLessThanOrEqual(1 + limit * 0.2);
  });
});

describe.each([14, 60, 200, 1_000])('at %i messages a second, where one call takes fifty', (limit) => {
  const sent = ride({ limit, batch: 50, seconds: 60 });

  it('never sends more within any second', () => {
    expect(busiestSecond(sent)).toBeLessThanOrEqual(limit);
  });

  it('does not go back to single messages', () => {
    expect(sent.length / new Set(sent).size).toBeGreaterThanOrEqual(Math.min(50, limit) * 0.4);
  });
});

describe('calls that are late on their way', () => {
  interface Trip {
    readonly out: number;
    readonly back: number;
  }

  /** When the provider counts each message, whose calls take so long there and back. */
  function counted(limit: number, batch: number, trips: (turn: number) => Trip, seconds: number): number[] {
    const pacer = new Pacer(limit, 0, batch);
    const answers = new Map<number, (() => void)[]>();
    const times: number[] = [];
    for (let now = 0, turn = 0; now < seconds * 1_000; now += 1) {
      for (const answer of answers.get(now) ?? []) answer();
      const taken = pacer.take(batch === 1 ? 1 : 200, now);
      for (let left = taken; left > 0; left -= batch) {
        const { out, back } = trips(turn++);
        const count = Math.min(batch, left);
        const call = pacer.handOver(count, now);
        for (let index = 0; index < count; index++) times.push(now + out);
        const at = now + out + back;
        answers.set(at, [...(answers.get(at) ?? []), () => pacer.answered(call, true, at)]);
      }
    }
    return times.sort((one, other) => one - other);
  }

  it.each([1, 50])('never add up to more than the rate, %i to a call', (batch) => {
    const late = fc.array(fc.nat(400), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.constantFrom(50, 200, 1_000),
        late,
        fc.integer({ min: 1, max: 100 }),
        (limit, outs, back) => {
          // One call in sixteen is late; most show how long one usually takes.
          const trips = (turn: number) => ({
            out: turn % 16 === 15 ? (outs[turn % outs.length] ?? 0) : 0,
            back,
          });
          expect(busiestSecond(counted(limit, batch, trips, 4))).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keep up the pace when the way is even', () => {
    const even = counted(1_000, 1, () => ({ out: 30, back: 30 }), 20);
    expect(even.length).toBeGreaterThanOrEqual(1_000 * 20 * 0.97);
  });

  it('keep up the pace when some take much longer', () => {
    const uneven = (turn: number) => ({ out: 20 + ((turn * 7) % 13) * 12, back: 20 });
    const sent = counted(200, 1, uneven, 30);
    expect(sent.length).toBeGreaterThanOrEqual(200 * 30 * 0.9);
  });

  it.each([
    [1, 1],
    [14, 1],
    [50, 50],
  ])('do not stop the others when one hangs: %i a second, %i to a call', (limit, batch) => {
    const sent = counted(limit, batch, (turn) => ({ out: 20, back: turn === 3 ? 30_000 : 20 }), 30);
    expect(sent.length).toBeGreaterThanOrEqual(limit * 30 * 0.85);
  });
});

describe('any way of asking', () => {
  it('never exceeds the rate plus a small burst', () => {
    const step = fc.record({ wait: fc.nat(2_000), wanted: fc.nat(100), back: fc.boolean() });
    fc.assert(
      fc.property(fc.constantFrom(...RATES), fc.array(step, { maxLength: 60 }), (limit, steps) => {
        const pacer = new Pacer(limit, 0);
        const sent: number[] = [];
        let now = 0;
        for (const { wait, wanted, back } of steps) {
          now += wait;
          const taken = pacer.take(wanted, now);
          expect(taken).toBeGreaterThanOrEqual(0);
          expect(taken).toBeLessThanOrEqual(wanted);
          for (let count = back ? 0 : taken; count > 0; count--) sent.push(now);
          if (back) pacer.giveBack(taken);
          else pass(pacer, taken, now);
        }
        expect(busiestSecond(sent)).toBeLessThanOrEqual(limit);
        const burst = 1 + limit * 0.2;
        for (const [index, at] of sent.entries()) {
          for (const [later, until] of sent.entries()) {
            if (later < index) continue;
            expect(later - index + 1).toBeLessThanOrEqual(burst + (limit * (until - at)) / 1_000 + 1e-6);
          }
        }
      }),
    );
  });

  it('returns the wait, after which a permission is available', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RATES), fc.nat(5_000), (limit, now) => {
        const pacer = new Pacer(limit, 0);
        pass(pacer, pacer.take(1_000_000, now), now);
        const wait = pacer.wait(now);
        expect(wait).toBeLessThanOrEqual(Math.ceil(1_000 / (limit * 0.97)) + 1);
        const after = now + wait;
        const taken = pacer.take(1, after);
        expect(taken === 1 || pacer.take(1, after + 1) === 1).toBe(true);
      }),
    );
  });

  it('gains nothing from a clock that goes back', () => {
    const pacer = new Pacer(10, 10_000);
    expect(pacer.take(5, 10_000)).toBe(1);
    pass(pacer, 1, 10_000);
    expect(pacer.take(5, 0)).toBe(0);
    expect(pacer.take(5, 10_000)).toBe(0);
    expect(pacer.take(5, 10_200)).toBe(1);
  });

  it('can take returned permissions again', () => {
    const pacer = new Pacer(10, 0);
    expect(pacer.take(1, 0)).toBe(1);
    pacer.giveBack(1);
    expect(pacer.wait(0)).toBe(0);
    expect(pacer.take(1, 0)).toBe(1);
  });
});

describe('without a limit', () => {
  it('gives whatever is asked for, at once', () => {
    const pacer = new Pacer(undefined, 0);
    expect(pacer.rate).toBe(Number.POSITIVE_INFINITY);
    expect(pacer.take(100_000, 0)).toBe(100_000);
    expect(pacer.wait(0)).toBe(0);
  });

  it('comes back to no limit after hours without a throttle', () => {
    const pacer = new Pacer(undefined, 0);
    pacer.slowDown(200);
    expect(pacer.take(1, 24 * 3_600_000)).toBe(1);
    expect(pacer.rate).toBe(Number.POSITIVE_INFINITY);
    pacer.slowDown(200);
    expect(pacer.rate).toBeCloseTo(160);
    expect(pacer.wait(24 * 3_600_000)).toBeGreaterThan(0);
  });

  it('slows down from the rate at which the provider had enough', () => {
    const pacer = new Pacer(undefined, 0);
    pacer.slowDown(200);
    expect(pacer.rate).toBeCloseTo(160);
    expect(pacer.take(100, 0)).toBe(0);
  });
});

describe('when the provider asks for less', () => {
  it('goes slower, and stops for a moment', () => {
    const pacer = new Pacer(100, 0);
    const before = pacer.rate;
    pacer.slowDown(100);
    expect(pacer.rate).toBeCloseTo(before * 0.8);
    expect(pacer.take(10, 0)).toBe(0);
    expect(pacer.wait(0)).toBeGreaterThan(0);
  });

  it('never stops altogether', () => {
    const pacer = new Pacer(14, 0);
    for (let count = 0; count < 1_000; count++) pacer.slowDown(14);
    expect(pacer.rate).toBeGreaterThan(0);
    expect(pacer.wait(0)).toBeLessThanOrEqual(10_000);
  });

  it('comes back little by little, and never above its limit', () => {
    const pacer = new Pacer(100, 0);
    const before = pacer.rate;
    pacer.slowDown(100);
    const rates = Array.from({ length: 30 }, (_, second) => {
      pacer.take(1_000, (second + 1) * 1_000);
      return pacer.rate;
    });
    expect(before).toBeLessThanOrEqual(100);
    expect(rates[0]).toBeLessThan(before);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(rates.at(-1)).toBe(before);
  });
});

describe('several workers', () => {
  /** Each looks once a second, at a moment of its own, how many there are. */
  function together(limit: number, arrivals: readonly number[], seconds: number): number[] {
    const workers = arrivals.map((from, index) => ({
      from,
      seen: from,
      pacer: new Pacer(limit, from),
      index,
    }));
    const sent: number[] = [];
    for (let now = 0; now < seconds * 1_000; now += 1) {
      const present = workers.filter(({ from }) => from <= now);
      for (const worker of present) {
        if ((now - worker.seen) % 1_000 === 0) {
          worker.pacer.shareWith(present.length, present.indexOf(worker));
        }
        if (worker.from === now && present.length > 1) worker.pacer.holdBack(1.5, now);
        const taken = worker.pacer.take(1_000, now);
        pass(worker.pacer, taken, now);
        for (let count = taken; count > 0; count--) sent.push(now);
      }
    }
    return sent;
  }

  it.each([
    [50, [0, 5_000]],
    [200, [0, 3_100, 3_900, 8_000]],
    [1_000, [0, 2_500]],
    [14, [0, 100, 200, 300]],
    [400, [0, 100, 200]],
  ])('at %i a second, having come at %j, go at one rate together', (limit, arrivals) => {
    const sent = together(limit, arrivals, 20);
    expect(busiestSecond(sent)).toBeLessThanOrEqual(limit);
    const late = sent.filter((at) => at >= 15_000).length / 5;
    expect(late).toBeGreaterThan(limit * 0.96);
  });

  it('release their share to the remaining workers', () => {
    const pacer = new Pacer(100, 0);
    pacer.shareWith(4, 1);
    expect(pacer.rate).toBeCloseTo(24.5);
    pacer.slowDown(0);
    const slowed = pacer.rate;
    pacer.shareWith(1, 0);
    expect(pacer.rate).toBeCloseTo(4 * slowed);
  });

  it('without a limit have nothing to share', () => {
    const pacer = new Pacer(undefined, 0);
    pacer.holdBack(1, 0);
    pacer.shareWith(2, 1);
    expect(pacer.take(500, 0)).toBe(500);
  });
});
