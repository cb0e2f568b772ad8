import type { Claim, Settlement } from '../ledger/ledger.js';
import type { SendResult } from '../transport/transport.js';

/** How often a message that the other side put off is handed over before it counts as rejected. */
const MAX_TRIES = 6;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** What was not about the message waits only a little, and does not count against it. */
const WAIT_MS = { pace: 500, connection: 1_500 } as const;

/** What the ledger is told about an answer. Only a definite "not now" puts a delivery back into the queue. */
export function settlementFor(claim: Claim, result: SendResult, now: number): Settlement {
  const { sequence, attempt } = claim;
  switch (result.kind) {
    case 'accepted':
      return { sequence, attempt, state: 'accepted', messageId: result.messageId };
    case 'refused':
      return { sequence, attempt, state: 'queued', tries: claim.tries, notBefore: 0 };
    case 'deferred': {
      const tries = claim.tries + 1;
      const again = { sequence, attempt, state: 'queued' } as const;
      if (result.about) return { ...again, tries: claim.tries, notBefore: now + WAIT_MS[result.about] };
      if (tries < MAX_TRIES) return { ...again, tries, notBefore: now + waitAfter(tries) };
      const reason = `put off ${tries} times, the last time: ${result.reason}`;
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
