import type { SendPlan } from '../delivery/plan.js';
import type { Finding } from '../findings/finding.js';
import type { SendResult } from '../transport/transport.js';
import type { Notice } from './notice.js';
import type { SendOutcome } from './outcome.js';

export type { SendResult } from '../transport/transport.js';

/** Progress of work that takes time. */
export type ProgressEvent =
  /** The number of suppressed addresses read from the provider so far. */
  | { readonly kind: 'suppressionsRead'; readonly count: number }
  /** Handing over begins, with at most `total` messages. */
  | { readonly kind: 'started'; readonly total: number }
  /** The provider answered for one message. */
  | { readonly kind: 'answered'; readonly result: SendResult }
  /** Time passes. `waitingFor` is set if the run waits for something other than its own messages. */
  | { readonly kind: 'tick'; readonly waitingFor: string | undefined };

/** Receives the reports of a send. A missing callback is skipped. */
export interface SendReporter {
  /** The plan before it is executed, and the warnings of the checks. */
  plan?(plan: SendPlan, warnings: readonly Finding[]): void;
  progress?(event: ProgressEvent): void;
  notice?(notice: Notice): void;
  findings?(findings: readonly Finding[]): void;
  /** The outcome of the send of an issue. */
  outcome?(outcome: SendOutcome): void;
}
