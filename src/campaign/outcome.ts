import type { RunEnd } from '../delivery/in-flight.js';
import type { SendPlan } from '../delivery/plan.js';
import type { Progress } from '../delivery/state.js';
import type { ObnError } from '../findings/error.js';
import type { FirstFailures } from './first-failures.js';

/** A plan of a dry run. */
export interface PlannedOutcome {
  readonly kind: 'planned';
  readonly plan: SendPlan;
  /** Why the send would be refused; undefined: it would not. */
  readonly refusal: ObnError | undefined;
}

/** Nothing was left to send. */
export interface NothingLeftOutcome {
  readonly kind: 'nothingLeft';
  readonly progress: Progress;
  /** Deliveries that an earlier run left in doubt, and that have just become `unknown`. */
  readonly lost: number;
}

/** A run handed messages over. */
export interface SentOutcome {
  readonly kind: 'sent';
  readonly progress: Progress;
  /** Whether it finished, paused itself or was interrupted. */
  readonly end: RunEnd;
  /** The latest deferral of a queued message. */
  readonly deferral: { readonly code: string; readonly reason: string } | undefined;
  readonly failures: FirstFailures;
}

/** A person accepted the ledger. Nothing was sent. */
export interface LedgerAcceptedOutcome {
  readonly kind: 'ledgerAccepted';
  readonly progress: Progress;
  /** Deliveries that have just become `unknown`. */
  readonly count: number;
}

/** The outcome of a send of one issue. */
export type SendOutcome = PlannedOutcome | NothingLeftOutcome | SentOutcome | LedgerAcceptedOutcome;

/** Whether a person stopped the send. */
export function isInterrupted(outcome: SendOutcome): boolean {
  return outcome.kind === 'sent' && outcome.end.kind === 'interrupted';
}
