import type { LedgerFiles } from './ledger-files.js';
import type { Random } from './random.js';
import type { Traffic } from './traffic.js';

/** What a process that is to be killed is watched by. */
export interface Scene {
  readonly traffic: Traffic;
  readonly files: LedgerFiles;
  readonly random: Random;
  /** How many messages have yet to arrive. */
  readonly left: number;
  /** How large the log of the ledger is when everybody is frozen. */
  readonly frozenBytes: number;
  kill(): void;
}

export type Phase = 'freeze' | 'claim' | 'hand-over' | 'settle';

/** So much of what is left goes out at most before the kill, so that there is something to go on with. */
const SHARE = 0.7;
/** About how long freezing takes where nothing else goes on. */
const FREEZE_MS = 150;
/** Longer than settlements wait for others, to be committed with them. */
const SETTLE_MS = 6;

/** Kills at a moment of each phase that is left to chance. */
export const moments: Readonly<Record<Phase, (scene: Scene) => void>> = {
  /** While the audience is written into the ledger, soon after its beginning or by its size, or at the first message. */
  freeze: ({ files, traffic, random, frozenBytes, kill }) => {
    const wait = random.below(FREEZE_MS);
    const bytes = random.below(frozenBytes);
    const grown = () => (files.logBytes() < bytes ? files.whenWritten(grown) : kill());
    traffic.when('arrived', traffic.arrived.length + 1, kill);
    files.whenWritten(random.below(1) < 0.5 ? grown : () => after(wait, kill));
  },
  /** What has been answered is settled in one transaction with the next claims: as it is written, or just after. */
  claim: ({ files, traffic, random, left, kill }) => {
    const wait = random.below(3);
    const count = Math.max(1, traffic.answered.length + random.whole(left * SHARE));
    traffic.when('answered', count, () => files.whenWritten(() => after(wait, kill)));
  },
  /** A message has arrived and has no answer yet, or has it this moment. */
  'hand-over': ({ traffic, random, left, kill }) => {
    const step = random.pick<'arrived' | 'answered'>(['arrived', 'arrived', 'answered']);
    traffic.when(step, traffic[step].length + 1 + random.whole(left * SHARE), kill);
  },
  /** The answer has gone out, and may or may not be in the ledger. */
  settle: ({ traffic, random, left, kill }) => {
    const wait = random.below(SETTLE_MS);
    const count = traffic.answered.length + 1 + random.whole(left * SHARE);
    traffic.when('answered', count, () => after(wait, kill));
  },
};

/** Timers know whole milliseconds; less than one is the next turn of the event loop. */
function after(ms: number, act: () => void): void {
  if (ms < 1) setImmediate(act);
  else setTimeout(act, ms);
}
