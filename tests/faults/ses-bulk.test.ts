import { BulkEmailStatus } from '@aws-sdk/client-sesv2';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SesFaultHandler } from '../support/ses-endpoint.js';
import { describeCrowd, describeOutages, isPausing, OUTAGE_FLAGS } from './answers.js';
import { expectFinished } from './ends.js';
import { type Frozen, freeze, TIMEOUT_MS } from './frozen.js';
import { expectNoDoubt } from './record.js';
import { sesServer } from './server.js';
import { CALL_ANSWERS, ENTRY_ANSWERS, everyCall, onceFor, type SesAnswer } from './ses-answers.js';
import { type Told, tell } from './story.js';

/** Enough for 30 in every outage of whole calls. */
const READERS = 260;
/** Enough for those of entries, and more than one call of 50. */
const FEW = 80;
/** A call of ten in each second, and no more than 200 readers in flight. */
const SLOW = ['--rate', '10'];
const OUTAGES = CALL_ANSWERS.filter(isPausing);
const REFUSALS = OUTAGES.filter(({ kind }) => kind === 'refused');
const FAILURES = OUTAGES.filter(({ kind }) => kind !== 'refused');
const ENTRIES = ENTRY_ANSWERS.filter(isPausing);
const THROTTLED = [...CALL_ANSWERS, ...ENTRY_ANSWERS].filter(({ kind }) => kind === 'pace');

const PAUSED = { entry: 'ACCOUNT_SENDING_PAUSED', error: 'Sending is paused.' } as const;

/** These readers are in the first call, most of which goes well. */
const MIXED: readonly (SesAnswer & { readonly reader: string })[] = [
  ...ENTRY_ANSWERS.filter(({ kind }) => kind !== 'refused').map((answer, at) => ({
    ...answer,
    reader: `reader${at * 7 + 1}@example.com`,
  })),
  {
    name: 'FAILED, again and again',
    fault: { entry: 'FAILED', error: 'No luck.' },
    kind: 'rejected',
    says: 'FAILED: deferred 6 times, the last time: No luck.',
    reader: 'reader50@example.com',
  },
];

function mixedCall(): SesFaultHandler {
  const once = onceFor(MIXED);
  const last = MIXED.at(-1);
  return (moment) => (moment.to === last?.reader ? last.fault : once(moment));
}

type Chapters = readonly (SesFaultHandler | undefined)[];

function start(frozen: Frozen, chapters: Chapters, flags: readonly string[] = []): Promise<Told> {
  return tell({ frozen, config: { ses: { mode: 'bulk' } }, server: sesServer(), chapters, flags });
}

const outages = (answers: readonly SesAnswer[]): Chapters => [
  ...answers.map(({ fault }) => everyCall(fault)),
  undefined,
];

let failures: Promise<Told>;
let refusals: Promise<Told>;
let entries: Promise<Told>;
let mixed: Promise<Told>;
let broken: Promise<Told>;
let paused: Promise<Told>;
let throttled: Promise<Told>[];

beforeAll(async () => {
  const frozen = await freeze(READERS);
  const few = await freeze(FEW);
  failures = start(frozen, outages(FAILURES), OUTAGE_FLAGS);
  refusals = start(few, outages(REFUSALS), OUTAGE_FLAGS);
  entries = start(few, outages(ENTRIES), OUTAGE_FLAGS);
  mixed = start(few, [mixedCall(), undefined]);
  broken = start(frozen, [({ index }) => (index === 2 ? 'reset-after' : undefined), undefined], SLOW);
  paused = start(few, [onceFor([{ reader: 'reader30@example.com', fault: PAUSED }]), undefined]);
  throttled = THROTTLED.map(({ fault }) => start(few, [everyCall(fault, 6)]));
}, TIMEOUT_MS);

describeOutages('SendBulkEmail that always fails', FAILURES, () => failures);
describeOutages('SendBulkEmail that is always refused', REFUSALS, () => refusals);
describeOutages('an entry that always fails', ENTRIES, () => entries);
describeCrowd('an entry that fails among others', MIXED, () => mixed);

describe('SendBulkEmail', { timeout: TIMEOUT_MS }, () => {
  it.each(THROTTLED)('that is throttled for a while only takes longer: $name', async (answer) => {
    const told = await throttled[THROTTLED.indexOf(answer)];
    expectFinished(told?.runs[0], 0);
    if (told) expectNoDoubt(told);
  });

  it('whose answer is lost leaves those of one call unknown, and the others accepted', async () => {
    const told = await broken;
    expect(told.runs[0], told.runs[0]?.stderr).toMatchObject({ code: 4, state: 'paused' });
    expect(told.counts).toMatchObject({ accepted: READERS - 10, unknown: 10 });
    expectFinished(told.runs[1], 1);
    expectNoDoubt(told);
  });

  it('with an entry that is refused pauses the run, and the rest of the call is accepted', async () => {
    const told = await paused;
    const [first, last] = told.runs;
    expect(first, first?.stderr).toMatchObject({ code: 4, state: 'paused' });
    expect(first?.stderr).toMatch(/^Paused: ACCOUNT_SENDING_PAUSED: Sending is paused\./m);
    expect(first?.deliveries).toMatchObject({ rejected: 0, unknown: 0, claimed: 0 });
    expect(first?.deliveries.accepted).toBeGreaterThanOrEqual(49);
    expectFinished(last, 0);
    expectNoDoubt(told);
  });
});

it('every status that the SDK knows is a row', () => {
  const rows = ENTRY_ANSWERS.map(({ name }) => name);
  expect([...rows, 'SUCCESS'].sort()).toEqual(Object.values(BulkEmailStatus).sort());
});
