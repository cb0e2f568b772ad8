import { describe, expect, it } from 'vitest';
import type { ObnResult } from '../support/cli.js';
import type { End, Status } from './stage.js';
import { type Evidence, judge } from './verdict.js';

const status = (deliveries: Partial<Status['deliveries']>, state = 'partial', eligible = 3): Status => ({
  state,
  audience: { listed: 3, eligible },
  deliveries: { queued: 0, claimed: 0, accepted: 0, rejected: 0, unknown: 0, ...deliveries },
});

const REPORT = status({ accepted: 2, unknown: 1 });

function end(result: Partial<ObnResult>, command: End['command'] = 'send'): End {
  const stdout = JSON.stringify(REPORT);
  const whole = { code: 1, signal: null, stdout, stderr: '', json: () => JSON.parse(stdout), ...result };
  return { command, seconds: 1, result: whole };
}

const KILLED = end({ code: null, signal: 'SIGKILL', stdout: '' });

/** A kill that has left one message in doubt, which the server took. */
const FINE: Evidence = {
  readers: ['a', 'b', 'c'],
  taken: ['a', 'b', 'c'],
  answered: ['a', 'c'],
  states: new Map([
    ['a', 'accepted'],
    ['b', 'unknown'],
    ['c', 'accepted'],
  ]),
  kills: [{ arrived: 2, waiting: 1 }],
  doubts: [1],
  bound: 1,
  reports: [status({ queued: 1, claimed: 1, accepted: 1 }, 'paused'), REPORT],
  ends: [KILLED, end({}, 'status'), end({})],
};

const states = (b: 'queued' | 'claimed' | 'rejected' | 'accepted') =>
  new Map([...FINE.states, ['b', b] as const]);

describe('the verdict', () => {
  it('is good where the promise was kept', () => {
    expect(judge(FINE)).toEqual({
      kills: 1,
      early: false,
      waiting: 1,
      delivered: 3,
      doubled: 0,
      unaccounted: 0,
      unknown: 1,
      unknownTaken: 1,
      doubt: 1,
      bound: 1,
      seconds: 1,
      problems: [],
    });
  });

  it.for<[string, Partial<Evidence>, RegExp]>([
    ['a message taken twice', { taken: ['a', 'b', 'c', 'a'] }, /^a: taken twice$/],
    ['a message of nobody', { taken: ['a', 'b', 'c', 'd'] }, /^d: taken, and neither accepted nor unknown$/],
    ['a message that would be sent again', { states: states('queued') }, /^b: taken, and neither/],
    ['an acceptance of what was never taken', { taken: ['a', 'b'] }, /^c: accepted, and never taken$/],
    ['an acceptance without an answer', { answered: ['a'] }, /^c: accepted, and never answered$/],
    ['a reader who is lost', { readers: ['a', 'b', 'c', 'd'] }, /^d: not in the ledger$/],
    ['somebody who is no reader', { readers: ['a', 'b'] }, /^c: in the ledger, and no reader$/],
    ['a claim that stays', { states: states('claimed') }, /^b: without an end$/],
    ['a rejection out of nothing', { states: states('rejected') }, /^b: rejected/],
    ['more in doubt than was in flight', { bound: 0 }, /^1 in doubt, of 0 in flight$/],
    ['unknown ones without a kill', { doubts: [] }, /^1 unknown, and 0 were in doubt/],
    [
      'a sum that is wrong',
      { reports: [status({ accepted: 1 }, 'paused'), REPORT] },
      /^paused: 1 deliveries/,
    ],
    ['another audience', { reports: [status({ accepted: 3 }, 'sent', 4), REPORT] }, /^sent: 3 .* 4 eligible/],
    ['a last report of something else', { reports: [status({ accepted: 3 })] }, /^the ledger has 2 accepted/],
    ['a process that nobody has killed', { kills: [] }, /^0 kills, and 1 processes/],
    ['another exit code', { ends: [KILLED, end({ code: 70 })] }, /^send ended with 70 in place of 1/],
    ['a signal of its own', { ends: [KILLED, end({ code: null, signal: 'SIGABRT' })] }, /ended with SIGABRT/],
    ['a ledger that is locked', { ends: [KILLED, end({ stderr: 'database is locked' })] }, /^send said:/],
    ['a warning of Node.js', { ends: [KILLED, end({ stderr: '(node:7) Warning' })] }, /^send said:/],
    ['a stack', { ends: [KILLED, end({ stderr: 'x\n    at y (z.js:1:2)' })] }, /^send said:/],
  ])('finds %s', ([, change, problem], { expect }) => {
    expect(judge({ ...FINE, ...change }).problems).toContainEqual(expect.stringMatching(problem));
  });
});
