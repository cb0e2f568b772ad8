import type { SendPlan } from '../delivery/plan.js';
import type { Interruption } from '../platform/interrupt.js';
import type { TransportName } from '../transport/names.js';
import type { Campaign } from './open-campaign.js';
import type { SendReporter } from './reporter.js';

/** Overrides of the audience in the issue and obn.yaml. */
export interface AudienceChoice {
  /** A segment of obn.yaml, instead of the one in the issue. */
  readonly segment?: string | undefined;
  /** A list, instead of the one in obn.yaml. Readers of the ledger are then left out. */
  readonly list?: string | undefined;
  readonly transport?: TransportName | undefined;
}

/** Options of a send beyond its issue and obn.yaml. */
export interface SendRequest extends AudienceChoice {
  /** Maximum number of messages in this run. */
  readonly limit?: number | undefined;
  /** Maximum messages per second. */
  readonly rate?: number | undefined;
  /** The required number of recipients. */
  readonly expect?: number | undefined;
  /** Puts rejected deliveries back into the queue. */
  readonly retryRejected?: boolean | undefined;
  /** Puts unknown deliveries back into the queue. Some readers may get the issue twice. */
  readonly retryUnknown?: boolean | undefined;
  /** Allows a live send from a ledger without history. */
  readonly newLedger?: boolean | undefined;
  /** Allows a live send without checking that images load. */
  readonly skipImageCheck?: boolean | undefined;
  /** Plans only. Writes and sends nothing. */
  readonly dryRun?: boolean | undefined;
}

/** How the caller controls the execution of a plan. */
export interface SendControl {
  /** Called before readers are mailed. Throws to refuse. Default: no confirmation. */
  consent?(plan: SendPlan): Promise<void>;
  /** Starts to listen for a stop while messages are handed over. Messages in flight are finished. */
  interruptible?(): Interruption;
}

/** The context of the steps of a send. */
export interface SendJob {
  readonly campaign: Campaign;
  readonly request: SendRequest & {
    /** Whether the send is scheduled and runs unattended. */
    readonly due?: boolean;
  };
  readonly reporter: SendReporter;
}
