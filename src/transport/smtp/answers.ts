import { DAILY_QUOTA } from '../daily-quota.js';
import type { SendResult } from '../transport.js';
import { certificateTrouble } from './certificate.js';

/** Stage of a message when an error occurred. */
export type Stage =
  /** The connection or the login failed. */
  | 'connect'
  /** The envelope or text was being sent; the final dot was not written. */
  | 'before-dot'
  /** The final dot may have been written, so the server may have accepted the message. */
  | 'after-dot';

interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/**
 * Classifies an error. A complete reply of the server is definite at any stage (RFC 5321 section 4.2.1: 4yz
 * can be retried, 5yz cannot). Without a reply, a message before its final dot was not accepted (section
 * 4.1.1.4); after it, the outcome is unknown.
 */
export function answerOf(error: SmtpError, stage: Stage): SendResult {
  const status = error.responseCode;
  const code = status ? String(status) : (error.code ?? error.name);
  const reason = error.response ?? error.message;
  const distrust = certificateTrouble(error);
  if (distrust) return { kind: 'refused', ...distrust };
  if (error.code === 'ETLS') {
    return { kind: 'refused', code: 'ETLS', reason: `STARTTLS failed: ${error.message}` };
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
 * Whether the server sent a complete negative reply: whole lines with the same three-digit code. For a line
 * cut off by a broken connection, nodemailer reports `ECONNECTION`, as it does for 421.
 */
function isReply({ code, response, responseCode }: SmtpError, stage: Stage): boolean {
  const lines = (response ?? String(responseCode)).split(/\r?\n/);
  const [first = ''] = lines;
  const isCut = code === 'ECONNECTION' && !first.startsWith('421') && stage !== 'connect';
  const isForeign = code === 'EPROTOCOL' && stage !== 'connect';
  if (isCut || isForeign) return false;
  return lines.every((line) => NEGATIVE.test(line) && line.slice(0, 3) === first.slice(0, 3));
}

/** Whether a reply to the final dot is a definite success: whole lines with one 2yz code. */
export function isYes(response: string): boolean {
  const [first = '', ...more] = response.split(/\r?\n/);
  if (!/^2\d\d(?:[ -]|$)/.test(first)) return false;
  return more.every((line) => line.slice(0, 3) === first.slice(0, 3));
}

/** An unexpected reply: client and server are out of sync. */
export function noReply(code: string, said: string, stage: Stage): SendResult {
  const reason = `unexpected reply: ${said}`;
  if (stage === 'after-dot') return { kind: 'unknown', code, reason };
  return { kind: 'deferred', code, reason, about: 'connection' };
}

/** SES replies `454 Throttling failure: Maximum sending rate exceeded`. Other servers use other words. */
const TOO_FAST = /throttl|sending rate|too many (?:connections|messages|mails|concurrent)/i;
/** Errors about the mailbox of a single reader (RFC 3463: X.2.YYY). */
const MAILBOX = /\b[45]\.2\.\d|mailbox|\bquota\b|over ?quota/i;

/** After the text, a closed connection is not retried over and over, whatever the reason. */
function aboutOf(status: number, reason: string, stage: Stage): { about?: 'pace' | 'connection' } {
  const closes = status === 421 && stage === 'after-dot';
  if (TOO_FAST.test(reason) && !MAILBOX.test(reason) && !closes) return { about: 'pace' };
  return stage === 'connect' ? { about: 'connection' } : {};
}
