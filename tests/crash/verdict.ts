import type { DeliveryState } from '../../src/ledger/send.js';
import type { End, Kill, Status } from './stage.js';

/** What is known when everything is over. */
export interface Evidence {
  /** Everybody on the list who gets the issue. */
  readonly readers: readonly string[];
  /** Whose messages the server took, once for each message. */
  readonly taken: readonly string[];
  /** Whose messages it answered. */
  readonly answered: readonly string[];
  /** What the ledger says of everybody. */
  readonly states: ReadonlyMap<string, DeliveryState>;
  readonly kills: readonly Kill[];
  /** Of how many deliveries each kill has made it uncertain what became of them. */
  readonly doubts: readonly number[];
  /** Of how many it may. */
  readonly bound: number;
  readonly reports: readonly Status[];
  readonly ends: readonly End[];
}

/** What became of everybody in a round. */
export interface Outcome {
  readonly kills: number;
  /** Whether nothing had arrived when the first process was killed. */
  readonly early: boolean;
  /** The most messages that had arrived and were not answered when a process was killed. */
  readonly waiting: number;
  readonly delivered: number;
  readonly doubled: number;
  readonly unaccounted: number;
  readonly unknown: number;
  /** How many of the unknown the server took. */
  readonly unknownTaken: number;
  /** The most that a kill has left in doubt, and the most that it may. */
  readonly doubt: number;
  readonly bound: number;
  /** The longest that a process has taken. */
  readonly seconds: number;
  /** Whatever is not as it was promised, in words. */
  readonly problems: readonly string[];
}

/** Compares the ledger with what the server took. Pure. */
export function judge(evidence: Evidence): Outcome {
  const { taken, kills, doubts, bound, reports, ends, readers } = evidence;
  const unknown = inState(evidence, 'unknown');
  const doubled = list(
    'taken twice',
    taken.filter((address, index) => taken.indexOf(address) !== index),
  );
  const unaccounted = unaccountedIn(evidence);
  const problems = [
    ...doubled,
    ...unaccounted,
    ...doubts.filter((doubt) => doubt > bound).map((doubt) => `${doubt} in doubt, of ${bound} in flight`),
    ...reports.flatMap((report) => wrongSum(report, readers.length)),
    ...wrongEnd(evidence),
    ...ends.flatMap(odd),
  ];
  return {
    kills: kills.length,
    early: kills[0]?.arrived === 0,
    waiting: Math.max(0, ...kills.map(({ waiting }) => waiting)),
    delivered: taken.length,
    doubled: doubled.length,
    unaccounted: unaccounted.length,
    unknown: unknown.length,
    unknownTaken: unknown.filter((key) => taken.includes(key)).length,
    doubt: Math.max(0, ...doubts),
    bound,
    seconds: Math.max(0, ...ends.map(({ seconds }) => seconds)),
    problems,
  };
}

/** Everybody of whom the ledger does not say what the server knows. */
function unaccountedIn(evidence: Evidence): string[] {
  const { readers, states } = evidence;
  const known = new Set(readers);
  const taken = new Set(evidence.taken);
  const answered = new Set(evidence.answered);
  const accepted = inState(evidence, 'accepted');
  const told = [...accepted, ...inState(evidence, 'unknown')];
  const without = (all: Iterable<string>, some: Iterable<string>) => {
    const out = new Set(some);
    return [...all].filter((key) => !out.has(key));
  };
  return [
    ...list('taken, and neither accepted nor unknown', without(taken, told)),
    ...list('accepted, and never taken', without(accepted, taken)),
    ...list('accepted, and never answered', without(accepted, answered)),
    ...list('not in the ledger', without(readers, states.keys())),
    ...list('in the ledger, and no reader', without(states.keys(), known)),
    ...list('without an end', [...inState(evidence, 'queued'), ...inState(evidence, 'claimed')]),
    ...list('rejected, though the server rejects nobody', inState(evidence, 'rejected')),
  ];
}

function inState({ states }: Evidence, wanted: DeliveryState): string[] {
  return [...states].filter(([, state]) => state === wanted).map(([key]) => key);
}

function list(what: string, addresses: readonly string[]): string[] {
  return addresses.map((address) => `${address}: ${what}`);
}

/** A report adds up at any time: nobody is in the ledger, or everybody. */
function wrongSum({ state, audience, deliveries }: Status, readers: number): string[] {
  const sum = Object.values(deliveries).reduce((total, count) => total + count, 0);
  const wanted = state === 'unsent' ? 0 : readers;
  if (audience.eligible === readers && sum === wanted) return [];
  return [`${state}: ${sum} deliveries, ${audience.eligible} eligible, ${readers} readers`];
}

/** What the last process has said, and whether kills alone account for what is unknown. */
function wrongEnd(evidence: Evidence): string[] {
  const { reports, ends, kills, doubts } = evidence;
  const last = reports.at(-1)?.deliveries;
  const unknown = inState(evidence, 'unknown').length;
  const accepted = inState(evidence, 'accepted').length;
  const same = last?.unknown === unknown && last.accepted === accepted;
  const doubt = doubts.reduce((total, one) => total + one, 0);
  const killed = ends.filter(({ result }) => result.signal === 'SIGKILL').length;
  return [
    ...(same ? [] : [`the ledger has ${accepted} accepted and ${unknown} unknown, the last report others`]),
    ...(doubt === unknown ? [] : [`${unknown} unknown, and ${doubt} were in doubt after the kills`]),
    ...(killed === kills.length ? [] : [`${kills.length} kills, and ${killed} processes that were killed`]),
  ];
}

const ODD = /\(node:\d+\)|SQLITE|locked|cannot be used|^\s+at .+:\d+|\w*Error\b|undefined|NaN/m;

/** What no process may say, and how none may end. */
function odd({ command, result: { code, signal, stdout, stderr } }: End): string[] {
  if (ODD.test(stderr)) return [`${command} said: ${stderr}`];
  if (signal === 'SIGKILL') return [];
  const { unknown } = (JSON.parse(stdout) as Status).deliveries;
  const idle = command === 'send' && /Nothing is left to send/.test(stderr);
  const found = /when an earlier run ended: .* now unknown/.test(stderr);
  const wanted = unknown > 0 && (!idle || found) ? 1 : 0;
  return code === wanted ? [] : [`${command} ended with ${code ?? signal} in place of ${wanted}: ${stderr}`];
}
