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
  if (status === 421 || (status !== undefined && status >= 400 && status < 500)) {
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

/** SES answers `454 Throttling failure: Maximum sending rate exceeded`; others say it in their own words. */
const TOO_FAST = /throttl|sending rate|too many (?:connections|messages|mails|concurrent)/i;

function aboutOf(reason: string, stage: Stage): { about?: 'pace' | 'connection' } {
  if (TOO_FAST.test(reason)) return { about: 'pace' };
  return stage === 'connect' ? { about: 'connection' } : {};
}
