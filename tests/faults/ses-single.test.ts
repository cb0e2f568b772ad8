import { beforeAll, describe, expect, it } from 'vitest';
import type { SesFaultHandler } from '../support/ses-endpoint.js';
import { describeCrowd, describeOutages, isPausing, OUTAGE_FLAGS } from './answers.js';
import { expectFinished } from './ends.js';
import { freeze, TIMEOUT_MS } from './frozen.js';
import { expectNoDoubt } from './record.js';
import { sesServer, sesThatMoves } from './server.js';
import { CALL_ANSWERS, everyCall, onceFor } from './ses-answers.js';
import { type Told, tell } from './story.js';

/** Enough for 30 in every outage. */
const READERS = 400;
const OUTAGES = CALL_ANSWERS.filter(isPausing);
const REFUSALS = OUTAGES.filter(({ kind }) => kind === 'refused');
const FAILURES = OUTAGES.filter(({ kind }) => kind !== 'refused');
/** Every tenth reader gets an answer that is about nobody else. */
const CROWD = CALL_ANSWERS.filter(({ kind }) => kind !== 'refused').map((answer, at) => ({
  ...answer,
  reader: `reader${at * 10 + 1}@example.com`,
}));
const SUSPENDED = { status: 400, type: 'AccountSuspendedException', message: 'Suspended.' } as const;
const THROTTLED = { status: 429, type: 'TooManyRequestsException', message: 'Too fast.' } as const;

let failures: Promise<Told>;
let refusals: Promise<Told>;
let crowd: Promise<Told>;
let refused: Promise<Told>;
let throttled: Promise<Told>;
let moved: Promise<Told>;

beforeAll(async () => {
  const frozen = await freeze(READERS);
  const start = (...chapters: (SesFaultHandler | undefined)[]) =>
    tell({ frozen, server: sesServer(), chapters, flags: OUTAGE_FLAGS });
  failures = start(...FAILURES.map(({ fault }) => everyCall(fault)), undefined);
  refusals = start(...REFUSALS.map(({ fault }) => everyCall(fault)), undefined);
  crowd = tell({ frozen, server: sesServer(), chapters: [onceFor(CROWD), undefined] });
  refused = tell({
    frozen,
    server: sesServer(),
    chapters: [onceFor([{ reader: 'reader99@example.com', fault: SUSPENDED }]), undefined],
  });
  throttled = tell({ frozen, server: sesServer(), chapters: [everyCall(THROTTLED, 40)] });
  moved = tell({ frozen, server: sesThatMoves(), chapters: ['away', undefined] });
}, TIMEOUT_MS);

describeOutages('SendEmail that always fails', FAILURES, () => failures);
describeOutages('SendEmail that is always refused', REFUSALS, () => refusals);
describeCrowd('SendEmail that fails once', CROWD, () => crowd);

describe('SendEmail', { timeout: TIMEOUT_MS }, () => {
  it('that is throttled for a while only takes longer', async () => {
    const told = await throttled;
    expectFinished(told.runs[0], 0);
    expectNoDoubt(told);
  });

  it('that is refused in the middle leaves what was accepted, and sends the rest later', async () => {
    const told = await refused;
    const [first, last] = told.runs;
    expect(first).toMatchObject({ code: 4, state: 'paused', deliveries: { rejected: 0, unknown: 0 } });
    expect(first?.deliveries.accepted).toBeGreaterThan(0);
    expect(first?.stderr).toMatch(/^Paused: AccountSuspendedException: Suspended\./m);
    expectFinished(last, 0);
    expectNoDoubt(told);
  });

  it('that cannot be reached any more pauses the run, and rejects nobody', async () => {
    const told = await moved;
    const [first, last] = told.runs;
    expect(first, first?.stderr).toMatchObject({ code: 4, state: 'paused', deliveries: { rejected: 0 } });
    expect(first?.stderr).toMatch(/^Paused: \d+ (deferred|unknown) in a row, the last one: ECONN/m);
    expectFinished(last, told.counts.unknown > 0 ? 1 : 0);
    expectNoDoubt(told);
  });
});
