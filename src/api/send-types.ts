import type { TransportName } from '../campaign/transport-names.js';
import type { ObnError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import type { AudienceCounts, DeliveryCounts } from './count-types.js';
import type { IssueState } from './issue-types.js';

/** A way to send, as in `send.transport` of obn.yaml. */
export type { TransportName };

/** Options for the audience and the transport of a send. */
export interface SendOptions {
  readonly transport?: TransportName | undefined;
  /** A segment of obn.yaml, instead of the one in the issue. */
  readonly segment?: string | undefined;
  /** A list, instead of the one in obn.yaml. Readers of the ledger are then left out. */
  readonly list?: string | undefined;
  /** Maximum number of messages. */
  readonly limit?: number | undefined;
  /** Maximum messages per second. */
  readonly rate?: number | undefined;
  /** The required number of recipients. */
  readonly expect?: number | undefined;
  readonly retryRejected?: boolean | undefined;
  /** Some readers may get the issue twice. */
  readonly retryUnknown?: boolean | undefined;
  /** Allows a live send from a ledger without history. */
  readonly newLedger?: boolean | undefined;
  readonly skipImageCheck?: boolean | undefined;
  /** Makes a plan without recording the results of earlier runs. It cannot be executed. */
  readonly dryRun?: boolean | undefined;
  readonly reporter?: SendReporter | undefined;
}

/** Receives the reports of a send. */
export interface SendReporter {
  /** Called after each answer of the provider. */
  progress?(progress: SendProgress): void;
  /** Called with something that the owner of the newsletter should know. New kinds may be added. */
  notice?(notice: { readonly kind: string; readonly [detail: string]: unknown }): void;
  findings?(findings: readonly Finding[]): void;
}

export interface SendProgress {
  /** Maximum number of messages. */
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
}

/** What a send would do. */
export interface SendPlan {
  readonly issue: number;
  /** `start` freezes a new audience, `resume` continues a frozen one, `done` has nothing left to do. */
  readonly action: 'start' | 'resume' | 'done';
  readonly transport: TransportName;
  /** Whether readers get email; otherwise this is a rehearsal. */
  readonly live: boolean;
  readonly segment: string | undefined;
  readonly audience: AudienceCounts;
  /** Recipients who have yet to get it. */
  readonly left: number;
  /** How many messages this run hands over. */
  readonly count: number;
  /** Messages per second; undefined: no limit. */
  readonly rate: number | undefined;
  /** The estimated duration; undefined without a known rate. */
  readonly seconds: number | undefined;
  /** SHA-256 of the compiled message, in hex. */
  readonly digest: string;
  readonly warnings: readonly Finding[];
  /** Why executing the plan would be refused; undefined: it would not. */
  readonly refusal: ObnError | undefined;
}

export interface ExecuteOptions {
  /** Stops the run. Messages in flight are finished, and a later send resumes. */
  readonly signal?: AbortSignal | undefined;
}

/** A planned send that can be executed. */
export interface PreparedSend {
  readonly plan: SendPlan;
  /**
   * Executes the plan. Calling it is consent. May be called once.
   * @throws ObnError if the plan has a refusal, there are no recipients, or another run was faster
   */
  execute(this: void, options?: ExecuteOptions): Promise<SendResult>;
  /** Closes ledger and transport. Needed if the plan is not executed. */
  close(this: void): Promise<void>;
}

/** The result of a send. */
export interface SendResult {
  readonly issue: number;
  readonly state: IssueState;
  /**
   * `finished`: every delivery has ended; `limit`: the limit was reached; `paused`: it paused itself, see `pausedBy`;
   * `interrupted`: its signal fired; `nothingLeft`: nothing was left to send; `ledgerAccepted`: sends nothing.
   */
  readonly end: 'finished' | 'limit' | 'paused' | 'interrupted' | 'nothingLeft' | 'ledgerAccepted';
  readonly pausedBy: string | undefined;
  readonly audience: AudienceCounts;
  readonly deliveries: DeliveryCounts;
  /** Unknown deliveries that were rejected, while an earlier attempt may have arrived. */
  readonly rejectedInDoubt: number;
}

export interface DueOptions extends Omit<SendOptions, 'retryRejected' | 'retryUnknown' | 'dryRun'> {
  /** How late an issue may still begin, in milliseconds; default: a day. */
  readonly grace?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The result for a due issue. */
export type DueResult =
  | { readonly kind: 'sent'; readonly result: SendResult }
  /** Its file cannot be read. */
  | { readonly kind: 'invalid'; readonly file: string; readonly findings: readonly Finding[] }
  /** The send was refused; without a file, no issue could be sent. */
  | { readonly kind: 'failed'; readonly file: string | undefined; readonly error: ObnError };

/** The result of one test copy. */
export interface TestCopy {
  readonly address: string;
  readonly result: string;
  readonly detail: string;
}
