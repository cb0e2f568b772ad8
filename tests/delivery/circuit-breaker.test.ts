import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../src/delivery/circuit-breaker.js';
import type { SendResult } from '../../src/transport/transport.js';
import { accepted, deferred, refused, rejected, throttled, unknown } from './answers.js';

/** After how many of these answers the run is stopped; 0: never. */
function stopsAfter(guard: CircuitBreaker, answers: readonly SendResult[]): number {
  for (const [index, answer] of answers.entries()) {
    if (guard.see(answer, 0) !== undefined) return index + 1;
  }
  return 0;
}

const many = (answer: SendResult, count: number): SendResult[] => Array.from({ length: count }, () => answer);

describe('a run', () => {
  it.each([
    ['rejected', rejected, 25],
    ['deferred', deferred, 15],
    ['unknown', unknown, 10],
  ] as const)('with many %s in a row is stopped', (_, answer, limit) => {
    expect(stopsAfter(new CircuitBreaker(0), many(answer, limit - 1))).toBe(0);
    expect(stopsAfter(new CircuitBreaker(0), many(answer, 100))).toBe(limit);
  });

  it('is stopped at once when everything is refused, in the words of the provider', () => {
    expect(new CircuitBreaker(0).see(refused, 0)).toBe('Paused: your account is paused');
  });

  it('gives the reason', () => {
    const guard = new CircuitBreaker(0);
    expect(
      many(unknown, 10)
        .map((answer) => guard.see(answer, 0))
        .at(-1),
    ).toBe('10 unknown in a row, the last one: ECONNRESET: the connection broke');
  });

  it('is not stopped for single bad addresses, however many', () => {
    const answers = Array.from({ length: 1_000 }, () => [...many(rejected, 24), accepted]).flat();
    expect(stopsAfter(new CircuitBreaker(0), answers)).toBe(0);
  });

  it('is not stopped for its pace', () => {
    expect(stopsAfter(new CircuitBreaker(0), many(throttled, 10_000))).toBe(0);
  });

  it('is stopped when its pace has let nothing through for five minutes', () => {
    const guard = new CircuitBreaker(0);
    expect(guard.see(accepted, 100_000)).toBeUndefined();
    expect(guard.see(throttled, 399_999)).toBeUndefined();
    expect(guard.see(throttled, 400_000)).toBe('nothing was accepted for 5 minutes: 429: slow down');
  });

  it('counts other answers in between', () => {
    expect(stopsAfter(new CircuitBreaker(0), [...many(unknown, 9), ...many(throttled, 5), unknown])).toBe(15);
    expect(stopsAfter(new CircuitBreaker(0), [...many(unknown, 9), accepted, ...many(unknown, 9)])).toBe(0);
  });

  it('is never stopped before ten answers without a yes among them', () => {
    const answer = fc.constantFrom(accepted, rejected, deferred, throttled, unknown);
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 200 }), (answers) => {
        const stopped = stopsAfter(new CircuitBreaker(0), answers);
        if (stopped === 0) return;
        expect(answers.slice(stopped - 10, stopped)).not.toContain(accepted);
      }),
    );
  });
});
