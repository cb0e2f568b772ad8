import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { planRounds, type Round } from './plan.js';
import { type Measures, playRound, playUnharmed } from './play.js';
import { mostInFlight, type Target } from './targets.js';
import type { Outcome } from './verdict.js';

declare module 'vitest' {
  interface TaskMeta {
    /** What a kill has done, for the table at the end. */
    crash?: { readonly target: string; readonly round: Round; readonly outcome: Outcome };
  }
}

/** How often each target is killed where nothing is said: a sample, for every run of the tests. */
const SAMPLE = '3';

/** So many problems say it all. */
const SHOWN = 12;
/** A busy machine is no reason to fail. */
const TIMEOUT_MS = 300_000;

const seed = process.env.OBN_CRASH_SEED ?? String(randomInt(1_000_000));
const kills = Number(process.env.OBN_CRASH_KILLS ?? SAMPLE);

/** Kills real processes that send to a target, and holds what is left to the promise. */
export function killsOf(target: Target): void {
  describe(`${target.name}, killed, with OBN_CRASH_SEED=${seed} OBN_CRASH_KILLS=${kills}`, () => {
    let measures: Measures;

    beforeAll(async () => {
      const unharmed = await playUnharmed(target, await mostInFlight(target));
      expect(unharmed.outcome).toMatchObject({ problems: [], unknown: 0 });
      measures = unharmed.measures;
    }, TIMEOUT_MS);

    it.for(planRounds(seed, target.name, kills))(
      '$number: at $phase, then $sequel',
      { timeout: TIMEOUT_MS },
      async (round, { task }) => {
        const outcome = await playRound(target, round, measures);
        task.meta.crash = { target: target.name, round, outcome };
        expect(outcome.problems.slice(0, SHOWN)).toEqual([]);
        expect(outcome.kills).toBeGreaterThan(0);
      },
    );
  });
}
