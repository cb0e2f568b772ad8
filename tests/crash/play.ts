import { messageOf } from '../../src/findings/error.js';
import { plainAudience, slowAudience } from './audience.js';
import { LedgerFiles } from './ledger-files.js';
import type { Phase } from './moments.js';
import type { Round } from './plan.js';
import { Random } from './random.js';
import { Stage, type Status } from './stage.js';
import type { Target } from './targets.js';
import { judge, type Outcome } from './verdict.js';

/** What a round has to know of its target. */
export interface Measures {
  /** How many deliveries a kill may leave in doubt. */
  readonly bound: number;
  /** How large the log of the ledger is when everybody is frozen. */
  readonly frozenBytes: number;
}

/** Sends without a kill: nobody is in doubt then, and it shows how much freezing writes. */
export async function playUnharmed(
  target: Target,
  bound: number,
): Promise<{ outcome: Outcome; measures: Measures }> {
  const stage = await Stage.open({ target, audience: slowAudience(), latencyMs: 0, rate: undefined });
  return inFolder(stage, 'no kill', async () => {
    const files = new LedgerFiles(stage.newsletter.path('.obn'));
    let frozenBytes = 0;
    stage.traffic.when('arrived', 1, () => {
      frozenBytes = files.logBytes();
    });
    await stage.send();
    files.close();
    return { outcome: judge(await stage.evidence([], bound)), measures: { bound, frozenBytes } };
  });
}

/** Kills a send, brings it to its end, and says what became of everybody. */
export async function playRound(target: Target, round: Round, measures: Measures): Promise<Outcome> {
  const audience = round.phase === 'freeze' ? slowAudience() : plainAudience(target.readers);
  const stage = await Stage.open({ ...round, target, audience });
  const { outcome } = await inFolder(stage, `seed ${round.seed}`, async () => {
    const doubts = await play(stage, round, measures.frozenBytes);
    return { outcome: judge(await stage.evidence(doubts, measures.bound)) };
  });
  return outcome;
}

/** The folder of a newsletter stays when something is wrong, and the error names it. */
async function inFolder<T extends { outcome: Outcome }>(
  stage: Stage,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const { root, remove } = stage.newsletter;
  try {
    const result = await work();
    const { problems } = result.outcome;
    if (problems.length === 0) remove();
    return problems.length === 0
      ? result
      : { ...result, outcome: { ...result.outcome, problems: [`${what}, kept in ${root}`, ...problems] } };
  } catch (cause) {
    throw new Error(`${what}, kept in ${root}: ${messageOf(cause)}`, { cause });
  } finally {
    await stage.server.close();
  }
}

/** @returns of how many deliveries each kill has made it uncertain what became of them. */
async function play(stage: Stage, round: Round, frozenBytes: number): Promise<number[]> {
  const { phase, sequel, seed, bare } = round;
  const random = new Random(`${seed}/moment`);
  const others: Promise<Status>[] = [];
  if (sequel === 'with a second one') others.push(stage.send());
  await stage.sendAndKill(phase, random, frozenBytes, () => {
    if (sequel === 'resumed at once') others.push(stage.send());
  });
  const [end] = await Promise.all(others);
  if (end) return [inDoubt(end)];
  const first = await stage.status();
  const doubts = [inDoubt(first)];
  if (bare && first.state !== 'unsent') stage.takeSourcesAway();
  if (sequel === 'killed again') {
    const before = stage.kills.length;
    await stage.sendAndKill(nextPhase(first, random), random, frozenBytes);
    const second = inDoubt(await stage.status()) - inDoubt(first);
    if (stage.kills.length > before) doubts.push(second);
  }
  await Promise.all(sequel === 'resumed twice' ? [stage.send(), stage.send()] : [stage.send()]);
  return doubts;
}

function nextPhase({ state }: Status, random: Random): Phase {
  const later: Phase[] = ['claim', 'hand-over', 'settle'];
  return random.pick(state === 'unsent' ? ['freeze', ...later] : later);
}

function inDoubt({ deliveries: { claimed, unknown } }: Status): number {
  return claimed + unknown;
}
