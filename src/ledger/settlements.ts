import type { Settlement } from './delivery.js';

/**
 * Divides settlements into rounds, so that no round has two about one delivery: one statement changes a row only once.
 * They are in the order of their attempts, as they would have come without a delay.
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
