import { describe, expect, it } from 'vitest';
import { AdaptiveRate } from '../../src/delivery/adaptive-rate.js';

describe('an adaptive rate', () => {
  it('stays a little below the limit', () => {
    const rate = new AdaptiveRate(100);
    expect([rate.current, rate.perSecond, rate.isUnlimited]).toEqual([98, 100, false]);
  });

  it('falls once for calls that were throttled together', () => {
    const rate = new AdaptiveRate(100);
    expect([rate.slowDown(50, 0), rate.slowDown(50, 999), rate.slowDown(50, 1_000)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(rate.current).toBeCloseTo(98 * 0.64);
  });

  it('climbs back to the limit and no further', () => {
    const rate = new AdaptiveRate(100);
    rate.slowDown(50, 0);
    rate.recover(1);
    expect(rate.current).toBeCloseTo(98 * 0.8 * 1.05);
    rate.recover(60);
    expect(rate.current).toBe(98);
  });

  it('takes the observed rate where there is no limit, and has none again later', () => {
    const rate = new AdaptiveRate(undefined);
    expect(rate.isUnlimited).toBe(true);
    rate.slowDown(50, 0);
    expect(rate.current).toBe(40);
    rate.recover(1_000);
    expect(rate.isUnlimited).toBe(true);
  });

  it('never falls below one message in five seconds, or below a lower limit', () => {
    const rates = [new AdaptiveRate(10), new AdaptiveRate(0.1)];
    for (const rate of rates) for (let second = 0; second < 60; second++) rate.slowDown(1, second * 1_000);
    expect(rates.map(({ current }) => current)).toEqual([0.2, 0.098]);
  });

  it.each([
    [10, 3],
    [7, 7],
    [100, 6],
  ])('shares a limit of %d among %d workers without exceeding it', (limit, workers) => {
    const shares = Array.from({ length: workers }, (_, place) => {
      const rate = new AdaptiveRate(limit);
      rate.shareWith(workers, place);
      return Math.round(rate.perSecond);
    });
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(limit);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });

  it('stays slowed down when its share changes', () => {
    const rate = new AdaptiveRate(100);
    rate.slowDown(50, 0);
    rate.shareWith(2, 0);
    expect(rate.current).toBeCloseTo(49 * 0.8);
  });
});
