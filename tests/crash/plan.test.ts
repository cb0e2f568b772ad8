import { describe, expect, it } from 'vitest';
import { planRounds } from './plan.js';

describe('the rounds', () => {
  it('are the same for the same seed, and others for another', () => {
    const rounds = planRounds('1', 'smtp', 20);
    expect(planRounds('1', 'smtp', 20)).toEqual(rounds);
    expect(planRounds('1', 'smtp', 10)).toEqual(rounds.slice(0, 10));
    const others = [...planRounds('2', 'smtp', 20), ...planRounds('1', 'ses bulk', 20)];
    expect(new Set([...rounds, ...others].map(({ seed }) => seed)).size).toBe(60);
  });

  it('are spread over the phases, and know every sequel', () => {
    const rounds = planRounds('1', 'smtp', 100);
    const count = (of: string[]) => of.reduce((map, one) => map.set(one, (map.get(one) ?? 0) + 1), new Map());
    expect([...count(rounds.map(({ phase }) => phase)).values()]).toEqual([25, 25, 25, 25]);
    expect(count(rounds.map(({ sequel }) => sequel)).size).toBe(5);
  });
});
