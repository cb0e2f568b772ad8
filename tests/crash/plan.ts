import type { Phase } from './moments.js';
import { Random } from './random.js';

/** What comes after the kill. */
export type Sequel =
  /** The process is gone; then the send goes on. */
  | 'resumed'
  /** The send goes on while the process is dying. */
  | 'resumed at once'
  /** Two processes go on with it. */
  | 'resumed twice'
  /** What goes on with it is killed too, and another one ends it. */
  | 'killed again'
  /** A second process has been at it since the beginning. */
  | 'with a second one';

/** One kill, and everything about it that is left to chance. */
export interface Round {
  readonly number: number;
  readonly seed: string;
  readonly phase: Phase;
  readonly sequel: Sequel;
  /** Whether list and issue are gone when it goes on with what was frozen. */
  readonly bare: boolean;
  /** How long the server takes for an answer. */
  readonly latencyMs: number;
  /** Messages per second; undefined: as fast as it goes. */
  readonly rate: number | undefined;
}

const PHASES: readonly Phase[] = ['freeze', 'claim', 'hand-over', 'settle'];

/** How often each comes up, compared with the others. */
const WEIGHTS: Readonly<Record<Sequel, number>> = {
  resumed: 8,
  'killed again': 3,
  'resumed at once': 3,
  'resumed twice': 2,
  'with a second one': 1,
};

const SEQUELS = Object.entries(WEIGHTS).flatMap(([sequel, weight]) =>
  Array<Sequel>(weight).fill(sequel as Sequel),
);

/** So many rounds, evenly spread over the phases; the same seed gives the same ones. */
export function planRounds(seed: string, target: string, kills: number): Round[] {
  const first = new Random(`${seed}/${target}`).whole(PHASES.length);
  return Array.from({ length: kills }, (_, index) => {
    const roundSeed = `${seed}/${target}/${index + 1}`;
    const random = new Random(roundSeed);
    return {
      number: index + 1,
      seed: roundSeed,
      phase: PHASES[(first + index) % PHASES.length] ?? 'freeze',
      sequel: random.pick(SEQUELS),
      bare: random.below(1) < 0.75,
      latencyMs: random.pick([0, 0, 3, 15]),
      rate: random.pick([undefined, undefined, undefined, 400]),
    };
  });
}
