import { DAILY_QUOTA } from '../daily-quota.js';
import type { SendResult } from '../transport.js';
import { certificateTrouble } from './certificate.js';

/** How far a message had come when an error ended it. */
export type Stage =
  /** The connection or the login failed. */
  | 'connect'
  /** The envelope or the text was on its way, and the final dot had not been written. */
  | 'before-dot'
  /** The final dot may have been written: the server may have taken the message. */
  | 'after-dot';

interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/**
 * What an error says about the message. A whole reply of the server is definite at any stage (RFC 5321 section 4.2.1:
 * 4yz may be tried again, 5yz may not). Without one, everything before the final dot was not taken (section 4.1.1.4),
 * and of everything after it nobody can say.
 */
export function answerOf(error: SmtpError, stage: Stage): SendResult {
  const status = error.responseCode;
  const code = status ? String(status) : (error.code ?? error.name);
  const reason = error.response ?? error.message;
  const distrust = certificateTrouble(error);
  if (distrust) return { kind: 'refused', ...distrust };
  if (error.code === 'ETLS') {
    return { kind: 'refused', code: 'ETLS', reason: `STARTTLS did not work: ${error.message}` };
  }
  if (error.code === 'EAUTH') return { kind: 'refused', code, reason };
  if (status !== undefined && !isReply(error, stage)) return noReply(code, reason, stage);
  if (status !== undefined && DAILY_QUOTA.test(reason)) return { kind: 'refused', code, reason };
  if (status !== undefined && status < 500) {
    return { kind: 'deferred', code, reason, ...aboutOf(status, reason, stage) };
  }
  if (status !== undefined) {
    const everybody =
      stage === 'connect' || status === 530 || status === 535 || error.command === 'MAIL FROM';
    return { kind: everybody ? 'refused' : 'rejected', code, reason };
  }
  if (error.code === 'EENVELOPE' || (error.code === 'EMESSAGE' && stage !== 'after-dot')) {
    return error.response ? noReply(code, reason, stage) : { kind: 'rejected', code, reason };
  }
  if (stage === 'after-dot') return { kind: 'unknown', code, reason };
  return { kind: 'deferred', code, reason, ...(stage === 'connect' ? { about: 'connection' } : {}) };
}

const NEGATIVE = /^[45]\d\d(?:[ -]|$)/;

/**
 * Whether the server has replied with a no, in whole lines that begin with one and the same code of three digits. Of a
 * line that was cut off when the connection broke, nodemailer says `ECONNECTION`, as it does of 421.
 */
function isReply({ code, response, responseCode }: SmtpError, stage: Stage): boolean {
  const lines = (response ?? String(responseCode)).split(/\r?\n/);
  const [first = ''] = lines;
  const isCut = code === 'ECONNECTION' && !first.startsWith('421') && stage !== 'connect';
  const isForeign = code === 'EPROTOCOL' && stage !== 'connect';
  if (isCut || isForeign) return false;
  return lines.every((line) => NEGATIVE.test(line) && line.slice(0, 3) === first.slice(0, 3));
}

/** Whether a reply to the final dot is a yes that can be relied on: whole lines with one code of 2yz. */
export function isYes(response: string): boolean {
  const [first = '', ...more] = response.split(/\r?\n/);
  if (!/^2\d\d(?:[ -]|$)/.test(first)) return false;
  return more.every((line) => line.slice(0, 3) === first.slice(0, 3));
}

/** Words that are no reply to what was asked: client and server do not talk about the same message any more. */
export function noReply(code: string, said: string, stage: Stage): SendResult {
  const reason = `not a reply that means anything here: ${said}`;
  if (stage === 'after-dot') return { kind: 'unknown', code, reason };
  return { kind: 'deferred', code, reason, about: 'connection' };
}

/** SES answers `454 Throttling failure: Maximum sending rate exceeded`; others say it in their own words. */
const TOO_FAST = /throttl|sending rate|too many (?:connections|messages|mails|concurrent)/i;
/** About the mailbox of one reader, and none of the others (RFC 3463: X.2.YYY). */
const MAILBOX = /\b[45]\.2\.\d|mailbox|\bquota\b|over ?quota/i;

/** A server that closes the connection after the text is not asked again and again, whatever the reason it gives. */
function aboutOf(status: number, reason: string, stage: Stage): { about?: 'pace' | 'connection' } {
  const closes = status === 421 && stage === 'after-dot';
  if (TOO_FAST.test(reason) && !MAILBOX.test(reason) && !closes) return { about: 'pace' };
  return stage === 'connect' ? { about: 'connection' } : {};
}
