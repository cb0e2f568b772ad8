import type { Settlement } from './delivery.js';

/**
 * Divides settlements into rounds, so that no round has two for the same delivery: one statement changes a row only once.
 * The rounds follow the order of attempts.
 */
export function inRounds(settlements: readonly Settlement[]): Settlement[][] {
  const rounds: Settlement[][] = [];
  const seen = new Map<number, number>();
  for (const settlement of [...settlements].sort((a, b) => a.attempt - b.attempt)) {
    const round = seen.get(settlement.sequence) ?? 0;
    seen.set(settlement.sequence, round + 1);
    if (round === rounds.length) rounds.push([]);
    rounds[round]?.push(settlement);
  }
  return rounds;
}
