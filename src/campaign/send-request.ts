import type { SendPlan } from '../delivery/plan.js';
import type { Interruption } from '../platform/interrupt.js';
import type { TransportName } from '../transport/names.js';
import type { Campaign } from './open-campaign.js';
import type { SendReporter } from './reporter.js';

/** Whom a send goes to, where that is not what the issue and obn.yaml say. */
export interface AudienceChoice {
  /** A segment of obn.yaml, instead of the one that the issue names. */
  readonly segment?: string | undefined;
  /** A list, instead of that of obn.yaml; readers of the ledger are left out then. */
  readonly list?: string | undefined;
  readonly transport?: TransportName | undefined;
}

/** What a send may be told beyond its issue and obn.yaml. */
export interface SendRequest extends AudienceChoice {
  /** Messages handed over at most this time. */
  readonly limit?: number | undefined;
  /** Messages per second at most. */
  readonly rate?: number | undefined;
  /** Refuses any other number of recipients. */
  readonly expect?: number | undefined;
  /** Puts deliveries that were rejected back into the queue. */
  readonly retryRejected?: boolean | undefined;
  /** Puts deliveries back into the queue of which nobody knows whether they arrived; some readers get two. */
  readonly retryUnknown?: boolean | undefined;
  /** Sends to readers although the ledger has no history. */
  readonly newLedger?: boolean | undefined;
  /** Sends to readers although images of the issue cannot be requested. */
  readonly skipImageCheck?: boolean | undefined;
  /** Makes the plan alone: nothing is written or sent. */
  readonly dryRun?: boolean | undefined;
}

/** What carrying a plan out needs of whoever wants it. */
export interface SendControl {
  /** Is called before readers are mailed, and throws where nobody wants that. Left out: nobody is asked. */
  consent?(plan: SendPlan): Promise<void>;
  /** Begins to listen for a stop while messages are handed over; what is in flight then is finished. */
  interruptible?(): Interruption;
}

/** What the steps of a send work with. */
export interface SendJob {
  readonly campaign: Campaign;
  readonly request: SendRequest & {
    /** Whether the time of the issue chose it, and nobody is there to see what happens. */
    readonly due?: boolean;
  };
  readonly reporter: SendReporter;
}
