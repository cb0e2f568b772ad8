import type { RunEnd } from '../delivery/in-flight.js';
import type { SendPlan } from '../delivery/plan.js';
import type { Progress } from '../delivery/state.js';
import type { ObnError } from '../findings/error.js';
import type { FirstFailures } from './first-failures.js';

/** A plan that was not carried out, because only the plan was wanted. */
export interface PlannedOutcome {
  readonly kind: 'planned';
  readonly plan: SendPlan;
  /** Why carrying it out would be refused; undefined: it would not. */
  readonly refusal: ObnError | undefined;
}

/** Everything had been sent before. */
export interface NothingLeftOutcome {
  readonly kind: 'nothingLeft';
  readonly progress: Progress;
  /** Deliveries that a run which ended had left in doubt, and that are `unknown` since now. */
  readonly lost: number;
}

/** A run handed messages over. */
export interface SentOutcome {
  readonly kind: 'sent';
  readonly progress: Progress;
  /** Whether it finished, paused itself or was interrupted. */
  readonly end: RunEnd;
  /** What was last said of a message that waits in the queue. */
  readonly deferral: { readonly code: string; readonly reason: string } | undefined;
  readonly failures: FirstFailures;
}

/** A person made a ledger the one that counts; nothing was sent. */
export interface LedgerAcceptedOutcome {
  readonly kind: 'ledgerAccepted';
  readonly progress: Progress;
  /** Deliveries that are `unknown` since now. */
  readonly count: number;
}

/** What the send of one issue came to. */
export type SendOutcome = PlannedOutcome | NothingLeftOutcome | SentOutcome | LedgerAcceptedOutcome;

/** Whether a person stopped it before the end. */
export function isInterrupted(outcome: SendOutcome): boolean {
  return outcome.kind === 'sent' && outcome.end.kind === 'interrupted';
}
