import { beforeAll, describe, expect, it } from 'vitest';
import type { SmtpFaultHandler } from '../support/smtp-endpoint.js';
import { describeCrowd, describeOutages, isPausing, OUTAGE_FLAGS } from './answers.js';
import { expectFinished } from './ends.js';
import { freeze, TIMEOUT_MS } from './frozen.js';
import { expectNoDoubt } from './record.js';
import { smtpServer } from './server.js';
import { always, eachOnce, OUTAGES, PUT_OFF, STAGES, THROTTLED } from './smtp-answers.js';
import { type Told, tell } from './story.js';

/** Enough for 30 in every outage. */
const READERS = 120;
/** So few that a run which pauses itself has put off each of them. */
const FEW = 16;
/** On so many connections a round of silence is enough to pause a run. */
const CONFIG = { smtp: { connections: 15 } };
const IMPATIENT = '?greetingTimeout=3000&socketTimeout=3000';
/** Long enough for no good reply to come too late. */
const PATIENT = '?greetingTimeout=25000&socketTimeout=25000';

const NAMES = Object.keys(OUTAGES) as (keyof typeof OUTAGES)[];
/** Every second reader gets an answer that is about nobody else. */
const CROWD = [...Object.values(OUTAGES).flat(), THROTTLED, PUT_OFF]
  .filter(({ kind }) => kind !== 'refused')
  .map((answer, at) => ({ ...answer, reader: `reader${at * 2 + 1}@example.com` }));

function crowd(): SmtpFaultHandler {
  const once = eachOnce(CROWD);
  const putOff = CROWD.at(-1);
  return (moment) =>
    moment.stage === 'rcpt' && moment.address === putOff?.reader ? putOff.fault : once(moment);
}

let outages: Promise<Told>[];
let mixed: Promise<Told>;
let throttled: Promise<Told>;
let slow: Promise<Told>;
let long: Promise<Told>;

beforeAll(async () => {
  const frozen = await freeze(READERS);
  const start = (query: string, chapters: (SmtpFaultHandler | undefined)[], flags: string[] = []) =>
    tell({ frozen, config: CONFIG, server: smtpServer({}, query), chapters, flags });
  outages = NAMES.map((name) => {
    const query = name === 'silence' ? IMPATIENT : '';
    return start(query, [...OUTAGES[name].map(always), undefined], OUTAGE_FLAGS);
  });
  mixed = start(PATIENT, [crowd(), undefined]);
  throttled = start('', [
    ({ stage, index }) => (stage === 'end' && index < 40 ? THROTTLED.fault : undefined),
  ]);
  slow = start('', [({ stage }) => (STAGES.includes(stage) ? { delayMs: 200 } : undefined)]);
  const outage = always({ at: 'mail', fault: { code: 451, message: 'Not now' } });
  const chapters = [...Array(7).fill(outage), undefined];
  long = tell({ frozen: await freeze(FEW), config: CONFIG, server: smtpServer(), chapters });
}, TIMEOUT_MS);

NAMES.forEach((name, at) => {
  const story = () => outages[at] as Promise<Told>;
  describeOutages(`a server with nothing but ${name}`, OUTAGES[name].filter(isPausing), story);
});
describeCrowd('a server that fails once', CROWD, () => mixed);

describe('a server', { timeout: TIMEOUT_MS }, () => {
  it('that throttles for a while only takes longer', async () => {
    const told = await throttled;
    expectFinished(told.runs[0], 0);
    expectNoDoubt(told);
  });

  it('that is slow at every stage gets everything once', async () => {
    const told = await slow;
    expectFinished(told.runs[0], 0);
    expect(told.taken).toHaveLength(READERS);
    expectNoDoubt(told);
  });

  it('that puts everybody off for longer than many runs rejects nobody', async () => {
    const told = await long;
    expect(told.runs.slice(0, -1).map(({ code, deliveries }) => ({ code, ...deliveries }))).toEqual(
      Array(7).fill({ code: 4, queued: FEW, claimed: 0, accepted: 0, rejected: 0, unknown: 0 }),
    );
    expectFinished(told.runs.at(-1), 0);
    expectNoDoubt(told);
  });
});
