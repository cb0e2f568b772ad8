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

/** What the server says, and what it means. */
export const REPLIES: readonly SmtpAnswer[] = [
  reply('deferred', 'connect', 421, 'Too busy'),
  reply('deferred', 'connect', 450, 'Not now'),
  reply('refused', 'connect', 554, 'You are on a blocklist'),
  reply('deferred', 'mail', 421, 'Too busy'),
  reply('deferred', 'mail', 451, 'Not now'),
  reply('refused', 'mail', 530, 'Log in first'),
  reply('refused', 'mail', 550, 'Not your address'),
  reply('deferred', 'rcpt', 421, 'Too busy'),
  reply('deferred', 'rcpt', 450, 'Greylisted'),
  reply('rejected', 'rcpt', 550, 'No such user'),
  reply('deferred', 'data', 421, 'Too busy'),
  reply('deferred', 'data', 451, 'Not now'),
  reply('rejected', 'data', 554, 'No'),
  reply('deferred', 'end', 421, 'Too busy'),
  reply('deferred', 'end', 452, 'No space left'),
  reply('rejected', 'end', 554, 'Looks like spam'),
];

const silence = (kind: Kind, at: SmtpStage, fault: 'drop' | 'drop-before' | 'hang'): SmtpAnswer => ({
  name: `${fault} at ${at}`,
  at,
  fault,
  kind,
  says: fault === 'hang' ? /ETIMEDOUT/ : /ECONN|ESOCKET|EPIPE/,
});

/** The server says nothing any more. Only behind the final dot may it have the message. */
export const SILENCES: readonly SmtpAnswer[] = [
  silence('deferred', 'connect', 'drop'),
  silence('deferred', 'mail', 'drop'),
  silence('deferred', 'rcpt', 'drop'),
  silence('deferred', 'data', 'drop'),
  silence('unknown', 'end', 'drop-before'),
  silence('unknown', 'end', 'drop'),
  silence('deferred', 'connect', 'hang'),
  silence('deferred', 'mail', 'hang'),
  silence('deferred', 'rcpt', 'hang'),
  silence('deferred', 'data', 'hang'),
  silence('unknown', 'end', 'hang'),
  { name: 'late at end', at: 'end', fault: { delayMs: 300_000 }, kind: 'unknown', says: /ETIMEDOUT/ },
];

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
