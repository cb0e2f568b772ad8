import type { SendPlan } from '../delivery/plan.js';
import type { Finding } from '../findings/finding.js';
import type { SendResult } from '../transport/transport.js';
import type { Notice } from './notice.js';
import type { SendOutcome } from './outcome.js';

export type { SendResult } from '../transport/transport.js';

/** How far something is that takes time. */
export type ProgressEvent =
  /** So many addresses that the provider suppresses were read. */
  | { readonly kind: 'suppressionsRead'; readonly count: number }
  /** Messages are handed over from now on, `total` at most. */
  | { readonly kind: 'started'; readonly total: number }
  /** The provider answered for one message. */
  | { readonly kind: 'answered'; readonly result: SendResult }
  /** Time passes; `waitingFor` is there where the run waits for something else than its own messages. */
  | { readonly kind: 'tick'; readonly waitingFor: string | undefined };

/** Receives what a send has to say while it works. Whatever is left out is not reported. */
export interface SendReporter {
  /** The plan, before anything is done, and what the checks warn of. */
  plan?(plan: SendPlan, warnings: readonly Finding[]): void;
  progress?(event: ProgressEvent): void;
  notice?(notice: Notice): void;
  findings?(findings: readonly Finding[]): void;
  /** What the send of an issue came to. */
  outcome?(outcome: SendOutcome): void;
}
