import { DAILY_QUOTA } from '../daily-quota.js';
import type { SendResult } from '../transport.js';

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
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/**
 * What an error says about the message. A reply of the server is definite at any stage (RFC 5321 section 4.2.1: 4yz may
 * be tried again, 5yz may not). Without a reply, everything before the final dot was not taken (section 4.1.1.4), and
 * of everything after it nobody can say.
 */
export function answerOf(error: SmtpError, stage: Stage): SendResult {
  const status = error.responseCode;
  const code = status ? String(status) : (error.code ?? error.name);
  const reason = error.response ?? error.message;
  if (error.code === 'ETLS') {
    return { kind: 'refused', code: 'ETLS', reason: `STARTTLS did not work: ${error.message}` };
  }
  if (status !== undefined && DAILY_QUOTA.test(reason)) return { kind: 'refused', code, reason };
  if (error.code === 'EAUTH') return { kind: 'refused', code, reason };
  if (status !== undefined && status < 400) return outOfStep(code, reason, stage);
  if (status !== undefined && status < 500) {
    return { kind: 'deferred', code, reason, ...aboutOf(reason, stage) };
  }
  if (status !== undefined && status >= 500) {
    const everybody =
      stage === 'connect' || status === 530 || status === 535 || error.command === 'MAIL FROM';
    return { kind: everybody ? 'refused' : 'rejected', code, reason };
  }
  if (error.code === 'EENVELOPE' || (error.code === 'EMESSAGE' && stage !== 'after-dot')) {
    return { kind: 'rejected', code, reason };
  }
  if (stage === 'after-dot') return { kind: 'unknown', code, reason };
  return { kind: 'deferred', code, reason, ...aboutOf('', stage) };
}

/** A yes where none was expected: client and server do not talk about the same message any more. */
function outOfStep(code: string, reason: string, stage: Stage): SendResult {
  const words = `an answer to another question: ${reason}`;
  if (stage === 'after-dot') return { kind: 'unknown', code, reason: words };
  return { kind: 'deferred', code, reason: words, about: 'connection' };
}

/** SES answers `454 Throttling failure: Maximum sending rate exceeded`; others say it in their own words. */
const TOO_FAST = /throttl|sending rate|too many (?:connections|messages|mails|concurrent)/i;
/** About the mailbox of one reader, and none of the others (RFC 3463: X.2.YYY). */
const MAILBOX = /\b[45]\.2\.\d|mailbox|\bquota\b|over ?quota/i;

function aboutOf(reason: string, stage: Stage): { about?: 'pace' | 'connection' } {
  if (TOO_FAST.test(reason) && !MAILBOX.test(reason)) return { about: 'pace' };
  return stage === 'connect' ? { about: 'connection' } : {};
}
