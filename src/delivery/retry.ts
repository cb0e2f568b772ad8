import type { Claim, Settlement } from '../ledger/delivery.js';
import type { SendResult } from '../transport/transport.js';

/** How often a deferred message is handed over before it counts as rejected. */
const MAX_TRIES = 6;
const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 60_000;
/** More often than a throttled account defers the same message. */
const MAX_PACED = 20;
/** The wait after a deferral that was not about the message, and does not count against it. */
const WAIT_MS = { pace: 500, connection: 1_500 } as const;

/**
 * The settlement for an answer. Only a definite "not now" puts a delivery back into the queue.
 * @param paced how often this delivery was deferred because of the pace; a reason that is always given for one reader is
 * about that reader
 */
export function settlementFor(claim: Claim, result: SendResult, now: number, paced = 0): Settlement {
  const { sequence, attempt, tries } = claim;
  if (result.kind === 'accepted') {
    return { sequence, attempt, state: 'accepted', messageId: result.messageId };
  }
  const { code, reason } = result;
  if (result.kind === 'refused') {
    return { sequence, attempt, state: 'queued', tries, notBefore: 0, code, reason };
  }
  if (result.kind !== 'deferred') return { sequence, attempt, state: result.kind, code, reason };
  const again = { sequence, attempt, state: 'queued', code, reason } as const;
  const { about } = result;
  if (about && !(about === 'pace' && paced >= MAX_PACED)) {
    return { ...again, tries, notBefore: now + WAIT_MS[about] };
  }
  if (tries + 1 < MAX_TRIES) return { ...again, tries: tries + 1, notBefore: now + waitAfter(tries + 1) };
  const last = `deferred ${tries + 1} times, the last time: ${reason}`;
  return { sequence, attempt, state: 'rejected', code, reason: last };
}

/** Milliseconds to wait after an attempt, doubled each time. */
export function waitAfter(attempt: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
}
