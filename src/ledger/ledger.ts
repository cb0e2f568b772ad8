import type { CompiledMessage } from '../message/compiled.js';
import type { AgreementStore } from './agreement.js';
import type { QuotaStore } from './quota.js';
import type { ReaderStore, SuppressionReason } from './readers.js';
import type { RecoveryStore } from './recovery.js';

export type { ReaderStore, SuppressionReason } from './readers.js';

export const DELIVERY_STATES = ['queued', 'claimed', 'accepted', 'rejected', 'unknown'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type Counts = Readonly<Record<DeliveryState, number>>;

/** What goes to readers, and what goes to the outbox; they never count as one another. */
export type Channel = 'live' | 'rehearsal';

/** How many rows the list had, and what became of them. */
export interface AudienceCounts {
  readonly listed: number;
  readonly eligible: number;
  readonly excluded: Readonly<Record<string, number>>;
  /** Of the excluded those who were frozen as recipients and were suppressed before it was their turn, by reason. */
  readonly withdrawn?: Readonly<Record<string, number>>;
}

/** A worker that says nothing for so long is not present any more. */
export const PRESENT_MS = 10_000;

/** One issue on its way over one channel, as it was frozen. */
export interface Send {
  readonly id: number;
  readonly issue: number;
  readonly channel: Channel;
  readonly transport: string;
  readonly message: CompiledMessage;
  /** SHA-256 of the message, in hex. */
  readonly digest: string;
  readonly audience: AudienceCounts;
  /** SHA-256 over the addresses of the recipients in their order, in hex. */
  readonly audienceDigest: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Why the last run stopped by itself, in the words of the provider. */
  readonly pausedBy: string | null;
  /** How often deliveries that had ended were put back into the queue. */
  readonly retries: number;
}

/** What is left to do of a send; cheap to ask for all sends at once. */
export interface SendOverview {
  readonly issue: number;
  /** The List-ID of the newsletter whose message was frozen. */
  readonly listId: string;
  /** Whether no delivery is queued or claimed any more. */
  readonly finished: boolean;
}

export interface Frozen {
  readonly send: Send;
  /** Whether it was frozen now; otherwise somebody had done so before. */
  readonly created: boolean;
}

/** A recipient as it is frozen: what filling a message needs, and nothing that has to be looked up again. */
export interface FrozenRecipient {
  readonly key: string;
  readonly address: string;
  readonly name: string;
  /** Opaque, unique, of letters and digits. */
  readonly reference: string;
  /** Every column of the list. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A delivery that a worker has taken on; `attempt` fences its settlement. */
export interface Claim extends FrozenRecipient {
  readonly sequence: number;
  readonly attempt: number;
  /** How often the other side has put it off before. */
  readonly tries: number;
  /** When others may call it lost, unless its worker says again that it is there; milliseconds since 1970. */
  readonly leaseUntil: number;
}

/** How many deliveries are put back into the queue, by how they had ended. */
export interface Retry {
  readonly rejected: number;
  readonly unknown: number;
}

/** A worker that has joined and not left; it may have died. */
export interface Presence {
  readonly worker: string;
  /** Milliseconds since 1970. */
  readonly seenAt: number;
}

/** The workers who are present at any send of a channel, seen by one of them. */
export interface WorkerShare {
  /** How many they are, itself among them. */
  readonly workers: number;
  /** How many of them come before it, in an order that all of them see. */
  readonly place: number;
}

/**
 * What became of a claim. `queued` gives it back, to be claimed again at `notBefore`. A yes is a fact about the reader
 * and holds whenever it comes. Every other answer is about its attempt: it settles the delivery while that attempt is the
 * latest, and a no that comes later takes the doubt about its attempt away. A no never hides that another attempt may
 * have been taken: the delivery then stays `unknown`.
 */
export type Settlement = { readonly sequence: number; readonly attempt: number } & (
  | { readonly state: 'accepted'; readonly messageId: string }
  | { readonly state: 'rejected' | 'unknown'; readonly code: string; readonly reason: string }
  | {
      readonly state: 'queued';
      readonly tries: number;
      readonly notBefore: number;
      /** Why it was not taken. */
      readonly code: string;
      readonly reason: string;
    }
);

export interface ClaimRequest {
  readonly worker: string;
  readonly limit: number;
  /** Milliseconds since 1970 after which somebody else may call the claim lost. */
  readonly leaseUntil: number;
}

/** A delivery that ended without a yes. */
export interface Failure {
  readonly address: string;
  readonly state: 'rejected' | 'unknown';
  readonly code: string;
  readonly reason: string;
  /** Whether the latest attempt was rejected, and an earlier one may have arrived; the state is then `unknown`. */
  readonly rejectedInDoubt: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

export interface FreezeHeader {
  readonly issue: number;
  readonly channel: Channel;
  readonly transport: string;
  readonly message: CompiledMessage;
  readonly digest: string;
  readonly now: number;
}

/** What a frozen audience turned out to be, known only after its last recipient. */
export type FreezeResult = Pick<Send, 'audience' | 'audienceDigest'>;

/**
 * The record of every delivery. All changes are durable when a promise resolves. Times are milliseconds since 1970 and
 * always handed in.
 */
export interface Ledger extends AgreementStore, ReaderStore, QuotaStore, RecoveryStore {
  /** The send of an issue over a channel; of rehearsals the latest. */
  find(issue: number, channel: Channel): Promise<Send | undefined>;
  /** Every send of a channel, in one query that neither loads messages nor counts deliveries. */
  overview(channel: Channel): Promise<SendOverview[]>;
  /**
   * Freezes message and audience in one transaction, or does nothing when it has been done before (a finished
   * rehearsal at which nobody is present is replaced). `result` is asked for when the recipients have been read.
   */
  freeze(
    header: FreezeHeader,
    recipients: AsyncIterable<readonly FrozenRecipient[]>,
    result: () => FreezeResult,
  ): Promise<Frozen>;
  /**
   * Settles what is known and claims what is next, in one transaction. Claims come in the order of the list. Who would
   * be next and has been suppressed since the audience was frozen is not claimed but withdrawn, as by {@link withdraw}.
   */
  exchange(
    send: number,
    now: number,
    settlements: readonly Settlement[],
    request: ClaimRequest,
  ): Promise<Claim[]>;
  counts(send: number): Promise<Counts>;
  /** How many of the unknown were rejected by their latest attempt, while an earlier one may have arrived. */
  rejectedInDoubt(send: number): Promise<number>;
  /** When the next queued delivery may be claimed; undefined: none is queued. */
  nextDue(send: number): Promise<number | undefined>;
  /** Who holds claims, and until when. */
  holders(send: number): Promise<{ worker: string; leaseUntil: number; claims: number }[]>;
  /** The claims of these workers become `unknown`: nobody knows how far they got. */
  abandon(send: number, workers: readonly string[], now: number): Promise<number>;
  /** How many deliveries could be put back into the queue: those who have been suppressed since could not. */
  retriable(send: number): Promise<Retry>;
  /**
   * Puts deliveries that had ended back into the queue; nothing else ever does. Either exactly what a person has agreed
   * to, or nothing: where another run was faster, what is unknown now may be what that run has sent again.
   * @param wanted how many they were when they were counted; 0 leaves that state alone
   * @returns whether it was done
   */
  requeue(send: Send, wanted: Retry, now: number): Promise<boolean>;
  /** What was last said of deliveries that wait in the queue. */
  lastDeferral(send: number): Promise<{ code: string; reason: string } | undefined>;
  /** A person begins anew: whatever was put off is due, and how often it was put off does not count any more. */
  refresh(send: number, now: number): Promise<void>;
  /**
   * Takes those out of the queue who have been suppressed since the audience was frozen; they count as excluded.
   * @param optOuts takes these readers out instead, whom only the list knows to have left or to be in doubt, by key
   * @returns how many they were
   */
  withdraw(send: Send, optOuts?: ReadonlyMap<string, SuppressionReason | 'unclear'>): Promise<number>;
  /**
   * Says that a worker is at it, now and again, and that what it holds is still in its hands. Of a send that has been
   * replaced it says nothing.
   * @returns who is present at any send of the same channel, who use the same account.
   */
  join(send: number, worker: string, now: number, leaseUntil: number): Promise<WorkerShare>;
  present(send: number): Promise<Presence[]>;
  /** Says that a worker has left. */
  leave(send: number, worker: string, now: number): Promise<void>;
  pause(send: number, reason: string | null): Promise<void>;
  /** In the order of the list, streamed; those who are forgotten are not among them. */
  failures(send: number): AsyncIterable<Failure>;
  /** Deliveries accepted since a time, for the rate. */
  acceptedSince(send: number, since: number): Promise<number>;
  /** The highest issue number that was ever sent, 0 without any. */
  lastIssue(): Promise<number>;
  /** Whether anything was ever sent live. */
  hasHistory(): Promise<boolean>;
  close(): Promise<void>;
}
