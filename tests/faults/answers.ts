import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/transport/transport.js';
import { expectFinished, expectPaused } from './ends.js';
import { TIMEOUT_MS } from './frozen.js';
import { expectNoDoubt } from './record.js';
import type { Told } from './story.js';

/** What an answer means to a run; `pace` is the deferral that only asks for less speed. */
export type Kind = SendResult['kind'] | 'pace';

/** A row of the matrix: what goes wrong, what it means, and what a run or a delivery says of it. */
export interface Answer<Fault, K extends Kind = Kind> {
  readonly name: string;
  readonly fault: Fault;
  readonly kind: K;
  readonly says: string | RegExp;
}

/** Those kinds that make a run pause itself when nothing else comes. */
export type PausingKind = Exclude<Kind, 'accepted' | 'pace'>;

export function isPausing<A extends Answer<unknown>>(
  answer: A,
): answer is A & { readonly kind: PausingKind } {
  return answer.kind !== 'accepted' && answer.kind !== 'pace';
}

/** How a reader ends who got such an answer once, and no other after it. */
const STATE_AFTER: Readonly<Record<Exclude<Kind, 'refused'>, string>> = {
  accepted: 'accepted',
  pace: 'accepted',
  deferred: 'accepted',
  rejected: 'rejected',
  unknown: 'unknown',
};

/**
 * The flags of a run in which everything goes wrong: more than the 25 rejected after which it pauses itself, and no more
 * readers than that are used up.
 */
export const OUTAGE_FLAGS = ['--limit', '30'];

/** A story with a chapter for each answer, which is the only one in it, and a last chapter without any. */
export function describeOutages<Fault>(
  name: string,
  answers: readonly Answer<Fault, PausingKind>[],
  story: () => Promise<Told>,
): void {
  describe(name, { timeout: TIMEOUT_MS }, () => {
    it.each(answers)('$name: the run pauses itself', async (answer) => {
      const { runs } = await story();
      const at = answers.indexOf(answer);
      expectPaused(runs[at], runs[at - 1]?.deliveries, answer);
    });

    it('leaves nobody doubled and nobody out when it is over', async () => {
      const told = await story();
      expectFinished(told.runs.at(-1), told.counts.rejected + told.counts.unknown > 0 ? 1 : 0);
      expectNoDoubt(told);
    });
  });
}

/** A story in which each answer comes once, to one reader among many, and a last chapter that has nothing to do. */
export function describeCrowd<Fault>(
  name: string,
  answers: readonly (Answer<Fault> & { readonly reader: string })[],
  story: () => Promise<Told>,
): void {
  describe(name, { timeout: TIMEOUT_MS }, () => {
    it.each(answers)('$name', async ({ reader, kind, says }) => {
      const { ends } = await story();
      const state = kind === 'refused' ? 'accepted' : STATE_AFTER[kind];
      const words = says instanceof RegExp ? expect.stringMatching(says) : expect.stringContaining(says);
      expect(ends.get(reader)).toEqual({ state, says: state === 'accepted' ? '' : words });
    });

    it('ends with everybody else accepted, and nothing is sent again', async () => {
      const told = await story();
      const { runs, counts } = told;
      expectFinished(runs[0], 1);
      expectFinished(runs[1], 0);
      expect(runs.map(({ deliveries }) => deliveries)).toEqual([counts, counts]);
      expectNoDoubt(told);
    });
  });
}
