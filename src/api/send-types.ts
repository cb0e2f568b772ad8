import type { TransportName } from '../campaign/transport-names.js';
import type { ObnError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import type { AudienceCounts, DeliveryCounts } from './count-types.js';
import type { IssueState } from './issue-types.js';

/** A way to send, as `send.transport` of obn.yaml names it. */
export type { TransportName };

/** What may be chosen about whom a send goes to, and how. */
export interface SendOptions {
  readonly transport?: TransportName | undefined;
  /** A segment of obn.yaml, instead of the one that the issue names. */
  readonly segment?: string | undefined;
  /** A list, instead of that of obn.yaml; readers of the ledger are left out then. */
  readonly list?: string | undefined;
  /** Messages handed over at most. */
  readonly limit?: number | undefined;
  /** Messages per second at most. */
  readonly rate?: number | undefined;
  /** Refuses any other number of recipients. */
  readonly expect?: number | undefined;
  readonly retryRejected?: boolean | undefined;
  /** Some readers get the issue twice. */
  readonly retryUnknown?: boolean | undefined;
  /** Sends to readers although the ledger has no history. */
  readonly newLedger?: boolean | undefined;
  readonly skipImageCheck?: boolean | undefined;
  /** Makes a plan without recording what earlier runs left behind. It cannot be executed. */
  readonly dryRun?: boolean | undefined;
  readonly reporter?: SendReporter | undefined;
}

/** Receives what a send has to say while it works. */
export interface SendReporter {
  /** Called for each answer of the provider. */
  progress?(progress: SendProgress): void;
  /** Called for what the owner of the newsletter should know; `kind` says what it is about. New kinds may come. */
  notice?(notice: { readonly kind: string; readonly [detail: string]: unknown }): void;
  findings?(findings: readonly Finding[]): void;
}

export interface SendProgress {
  /** Messages handed over at most. */
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
}

/** What a send would do. */
export interface SendPlan {
  readonly issue: number;
  /** `start` freezes a new audience, `resume` goes on with a frozen one, `done` has nothing left to do. */
  readonly action: 'start' | 'resume' | 'done';
  readonly transport: TransportName;
  /** Whether readers get email; otherwise it is a rehearsal. */
  readonly live: boolean;
  readonly segment: string | undefined;
  readonly audience: AudienceCounts;
  /** Recipients who have yet to get it. */
  readonly left: number;
  /** Messages handed over this time. */
  readonly count: number;
  /** Messages per second; undefined: as fast as it goes. */
  readonly rate: number | undefined;
  /** How long that takes; undefined where no rate is known. */
  readonly seconds: number | undefined;
  /** SHA-256 of the compiled message, in hex. */
  readonly digest: string;
  readonly warnings: readonly Finding[];
  /** Why executing the plan would be refused; undefined: it would not. */
  readonly refusal: ObnError | undefined;
}

export interface ExecuteOptions {
  /** Stops the run; what is in flight is finished, and a later send goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** A send that is planned, and waits to be executed. */
export interface PreparedSend {
  readonly plan: SendPlan;
  /**
   * Carries the plan out; calling it is consent. May be called once.
   * @throws ObnError where the plan has a refusal, nobody would get the issue, or another run was faster
   */
  execute(this: void, options?: ExecuteOptions): Promise<SendResult>;
  /** Lets go of ledger and transport; needed where the plan is not executed. */
  close(this: void): Promise<void>;
}

/** What a send came to. */
export interface SendResult {
  readonly issue: number;
  readonly state: IssueState;
  /**
   * `finished`: every delivery has ended; `limit`: as many as allowed; `paused`: it stopped itself, see `pausedBy`;
   * `interrupted`: its signal fired; `nothingLeft`: it had ended before; `ledgerAccepted`: nothing was to be sent.
   */
  readonly end: 'finished' | 'limit' | 'paused' | 'interrupted' | 'nothingLeft' | 'ledgerAccepted';
  readonly pausedBy: string | undefined;
  readonly audience: AudienceCounts;
  readonly deliveries: DeliveryCounts;
  /** Of the unknown those that were rejected, while an earlier attempt may have arrived. */
  readonly rejectedInDoubt: number;
}

export interface DueOptions extends Omit<SendOptions, 'retryRejected' | 'retryUnknown' | 'dryRun'> {
  /** How late an issue may still begin, in milliseconds; default: a day. */
  readonly grace?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of an issue whose time had come. */
export type DueResult =
  | { readonly kind: 'sent'; readonly result: SendResult }
  /** Its file cannot be read. */
  | { readonly kind: 'invalid'; readonly file: string; readonly findings: readonly Finding[] }
  /** It was refused; without a file, none could be sent. */
  | { readonly kind: 'failed'; readonly file: string | undefined; readonly error: ObnError };

/** What became of one test copy. */
export interface TestCopy {
  readonly address: string;
  readonly result: string;
  readonly detail: string;
}
