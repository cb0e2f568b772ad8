import type { SmtpFault, SmtpFaultHandler, SmtpStage } from '../support/smtp-endpoint.js';
import type { Answer, Kind } from './answers.js';

/** What goes wrong at a stage of a session. */
export interface SmtpAnswer extends Answer<SmtpFault> {
  readonly at: SmtpStage;
}

const reply = (kind: Kind, at: SmtpStage, code: number, message: string): SmtpAnswer => ({
  name: `${code} at ${at}: ${message}`,
  at,
  fault: { code, message },
  kind,
  says: new RegExp(`${code}.*${message}`),
});

const silence = (kind: Kind, at: SmtpStage, fault: 'drop' | 'drop-before' | 'hang'): SmtpAnswer => ({
  name: `${fault} at ${at}`,
  at,
  fault,
  kind,
  says: fault === 'hang' ? /ETIMEDOUT/ : /ECONN|ESOCKET|EPIPE/,
});

/** What a server may do to every session; only behind the final dot may it have a message that it says nothing of. */
export const OUTAGES: Readonly<
  Record<'closings' | 'delays' | 'refusals' | 'drops' | 'silence', SmtpAnswer[]>
> = {
  closings: [
    reply('deferred', 'connect', 421, 'Too busy'),
    reply('deferred', 'mail', 421, 'Too busy'),
    reply('deferred', 'rcpt', 421, 'Too busy'),
    reply('deferred', 'data', 421, 'Too busy'),
    reply('deferred', 'end', 421, 'Too busy'),
  ],
  delays: [
    reply('deferred', 'connect', 450, 'Not now'),
    reply('deferred', 'mail', 451, 'Not now'),
    reply('deferred', 'rcpt', 450, 'Greylisted'),
    reply('deferred', 'data', 451, 'Not now'),
    reply('deferred', 'end', 452, 'No space left'),
  ],
  refusals: [
    reply('refused', 'connect', 554, 'You are on a blocklist'),
    reply('refused', 'mail', 530, 'Log in first'),
    reply('refused', 'mail', 550, 'Not your address'),
    reply('refused', 'end', 454, 'Throttling failure: Daily message quota exceeded'),
    reply('rejected', 'rcpt', 550, 'No such user'),
    reply('rejected', 'data', 554, 'No'),
    reply('rejected', 'end', 554, 'Looks like spam'),
  ],
  drops: [
    silence('deferred', 'connect', 'drop'),
    silence('deferred', 'mail', 'drop'),
    silence('deferred', 'rcpt', 'drop'),
    silence('deferred', 'data', 'drop'),
    silence('unknown', 'end', 'drop-before'),
    silence('unknown', 'end', 'drop'),
  ],
  silence: [
    silence('deferred', 'connect', 'hang'),
    silence('deferred', 'mail', 'hang'),
    silence('deferred', 'rcpt', 'hang'),
    silence('deferred', 'data', 'hang'),
    silence('unknown', 'end', 'hang'),
    { name: 'late at end', at: 'end', fault: { delayMs: 300_000 }, kind: 'unknown', says: /ETIMEDOUT/ },
  ],
};

export const THROTTLED: SmtpAnswer = {
  name: '454 at end: Throttling failure',
  at: 'end',
  fault: { code: 454, message: 'Throttling failure: Maximum sending rate exceeded.' },
  kind: 'pace',
  says: '',
};

/** What comes of a reader who is put off each time. */
export const PUT_OFF: SmtpAnswer = {
  name: '450 at rcpt, again and again',
  at: 'rcpt',
  fault: { code: 450, message: 'Greylisted for ever' },
  kind: 'rejected',
  says: /450: deferred 6 times, the last time: 450 .*Greylisted for ever/,
};

export const STAGES: readonly SmtpStage[] = ['connect', 'mail', 'rcpt', 'data', 'end'];

/** Goes wrong whenever a session comes to this stage. */
export function always({ at, fault }: Pick<SmtpAnswer, 'at' | 'fault'>): SmtpFaultHandler {
  return ({ stage }) => (stage === at ? fault : undefined);
}

/** Whether a stage is about a reader; the others are about the connection or the sender. */
export function isAboutReader({ at }: SmtpAnswer): boolean {
  return at !== 'connect' && at !== 'mail';
}

/** Goes wrong once for each answer: for its reader, or at the first session that comes to its stage. */
export function eachOnce(answers: readonly (SmtpAnswer & { readonly reader: string })[]): SmtpFaultHandler {
  const left = new Set(answers);
  return ({ stage, address }) => {
    const found = [...left].find(
      (answer) => answer.at === stage && (!isAboutReader(answer) || answer.reader === address),
    );
    if (found) left.delete(found);
    return found?.fault;
  };
}
