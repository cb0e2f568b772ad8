import type { Claim, Settlement } from '../ledger/ledger.js';
import type { SendResult } from '../transport/transport.js';

/** How often a message that the other side put off is handed over before it counts as rejected. */
const MAX_ATTEMPTS = 6;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** A throttled message waits only a little: it is the pace that has to change. */
const THROTTLED_WAIT_MS = 500;

/** What the ledger is told about an answer. Only a definite "not now" puts a delivery back into the queue. */
export function settlementFor(claim: Claim, result: SendResult, now: number): Settlement {
  const { sequence, attempt } = claim;
  switch (result.kind) {
    case 'accepted':
      return { sequence, attempt, state: 'accepted', messageId: result.messageId };
    case 'refused':
      return { sequence, attempt, state: 'queued', notBefore: 0 };
    case 'deferred': {
      if (result.throttled) return { sequence, attempt, state: 'queued', notBefore: now + THROTTLED_WAIT_MS };
      if (attempt < MAX_ATTEMPTS)
        return { sequence, attempt, state: 'queued', notBefore: now + waitAfter(attempt) };
      const reason = `put off ${attempt} times, the last time: ${result.reason}`;
      return { sequence, attempt, state: 'rejected', code: result.code, reason };
    }
    default:
      return { sequence, attempt, state: result.kind, code: result.code, reason: result.reason };
  }
}

/** Milliseconds to wait after the attempt of that number: doubled each time. */
export function waitAfter(attempt: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
}
