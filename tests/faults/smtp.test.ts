import { beforeAll, describe, expect, it } from 'vitest';
import type { SmtpFaultHandler } from '../support/smtp-endpoint.js';
import { describeCrowd, describeOutages, isPausing } from './answers.js';
import { expectFinished } from './ends.js';
import { freeze, TIMEOUT_MS } from './frozen.js';
import { expectNoDoubt } from './record.js';
import { smtpServer } from './server.js';
import { always, eachOnce, REPLIES, SILENCES, type SmtpAnswer, STAGES } from './smtp-answers.js';
import { type Told, tell } from './story.js';

/** Enough for every outage; on so many connections a round of silence is enough to pause a run. */
const READERS = 250;
const CONNECTIONS = 15;
const IMPATIENT = '?greetingTimeout=3000&socketTimeout=3000';
/** Long enough for no good reply to come too late. */
const PATIENT = '?greetingTimeout=15000&socketTimeout=15000';

const THROTTLED: SmtpAnswer = {
  name: '454 at end: Throttling failure',
  at: 'end',
  fault: { code: 454, message: 'Throttling failure: Maximum sending rate exceeded.' },
  kind: 'pace',
  says: '',
};
const PUT_OFF: SmtpAnswer = {
  name: '450 at rcpt, again and again',
  at: 'rcpt',
  fault: { code: 450, message: 'Greylisted for ever' },
  kind: 'rejected',
  says: /450: put off 6 times, the last time: 450 .*Greylisted for ever/,
};
const CROWD = [...REPLIES, ...SILENCES, THROTTLED, PUT_OFF]
  .filter(({ kind }) => kind !== 'refused')
  .map((answer, at) => ({ ...answer, reader: `reader${at * 2 + 1}@example.com` }));

function crowd(): SmtpFaultHandler {
  const once = eachOnce(CROWD);
  const putOff = CROWD.at(-1);
  return (moment) =>
    moment.stage === 'rcpt' && moment.address === putOff?.reader ? putOff.fault : once(moment);
}

let replies: Promise<Told>;
let silences: Promise<Told>;
let mixed: Promise<Told>;
let throttled: Promise<Told>;
let slow: Promise<Told>[];

beforeAll(async () => {
  const frozen = await freeze(READERS);
  const start = (query: string, ...chapters: (SmtpFaultHandler | undefined)[]) =>
    tell({
      frozen,
      config: { smtp: { connections: CONNECTIONS } },
      server: smtpServer({}, query),
      chapters,
    });
  replies = start('', ...REPLIES.map(always), undefined);
  silences = start(IMPATIENT, ...SILENCES.map(always), undefined);
  mixed = start(PATIENT, crowd(), undefined);
  throttled = start('', ({ stage, index }) => (stage === 'end' && index < 40 ? THROTTLED.fault : undefined));
  slow = STAGES.map((at) => start('', always({ at, fault: { delayMs: 200 } })));
}, TIMEOUT_MS);

describeOutages('a server that always answers so', REPLIES.filter(isPausing), () => replies);
describeOutages('a server that falls silent', SILENCES.filter(isPausing), () => silences);
describeCrowd('a server that fails once', CROWD, () => mixed);

describe('a server', { timeout: TIMEOUT_MS }, () => {
  it('that throttles for a while only takes longer', async () => {
    const told = await throttled;
    expectFinished(told.runs[0], 0);
    expectNoDoubt(told);
  });

  it.each(STAGES)('that is slow at %s gets everything once', async (stage) => {
    const told = await slow[STAGES.indexOf(stage)];
    expectFinished(told?.runs[0], 0);
    expect(told?.taken).toHaveLength(READERS);
    if (told) expectNoDoubt(told);
  });
});
