import type { CompiledMessage } from '../message/compiled.js';
import type {
  Claim,
  ClaimHolder,
  ClaimRequest,
  Deferral,
  Doubtful,
  DoubtRange,
  Failure,
  FrozenRecipient,
  Presence,
  Retry,
  Settlement,
  WorkerShare,
} from './delivery.js';
import type { SuppressionReason } from './reader-store.js';
import type { Channel, Counts, FreezeHeader, FreezeResult, Frozen, Send, SendOverview } from './send.js';

/** Tells whether a ledger has gone back in time, and repairs one that has. */
export interface RecoveryStore {
  /** Whether first attempts are always claimed in the order of the list. */
  readonly claimsInOrder: boolean;
  /** How often a delivery was claimed; undefined: there is no such delivery, or it was withdrawn. */
  attempt(send: number, sequence: number): Promise<number | undefined>;
  /** How many deliveries do not wait for their first attempt. */
  handedOver(send: number): Promise<number>;
  /** Makes queued and claimed deliveries `unknown`, unless a newer attempt has begun. @returns how many */
  doubt(send: number, deliveries: readonly Doubtful[], now: number): Promise<number>;
  /** Makes the deliveries of a range `unknown` as after one more attempt, except accepted ones. @returns how many */
  doubtBefore(send: number, range: DoubtRange, now: number): Promise<number>;
}

/** The sends and the record of every delivery. */
export interface DeliveryStore extends RecoveryStore {
  /** The send of an issue on a channel; of rehearsals the latest. */
  find(issue: number, channel: Channel): Promise<Send | undefined>;
  /** The frozen message of a send. @throws Error for a send that does not exist */
  message(send: number): Promise<CompiledMessage>;
  /** Every send of a channel, in one query that neither loads messages nor counts deliveries. */
  overview(channel: Channel): Promise<SendOverview[]>;
  /**
   * Freezes message and audience in one transaction, or does nothing when that was done before. A finished rehearsal
   * with no worker present is replaced. `result` is called after the recipients were read.
   */
  freeze(
    header: FreezeHeader,
    recipients: AsyncIterable<readonly FrozenRecipient[]>,
    result: () => FreezeResult,
  ): Promise<Frozen>;
  /**
   * Settles what is known and claims what is next, in one transaction. Claims come in the order of the list. A
   * recipient who would be next and was suppressed since the freeze is not claimed but withdrawn, as by
   * {@link withdraw}.
   */
  exchange(
    send: number,
    now: number,
    settlements: readonly Settlement[],
    request: ClaimRequest,
  ): Promise<Claim[]>;
  /** How many deliveries are in each state. Those of a finished send are kept with it, so reading them is cheap. */
  counts(send: number): Promise<Counts>;
  /** How many of the unknown were rejected by their latest attempt, while an earlier one may have arrived. */
  rejectedInDoubt(send: number): Promise<number>;
  /** When the next queued delivery may be claimed; undefined: none is queued. */
  nextDue(send: number): Promise<number | undefined>;
  /** Who holds claims, and until when. */
  holders(send: number): Promise<ClaimHolder[]>;
  /** Makes the claims of these workers `unknown`: nobody knows how far they got. @returns how many */
  abandon(send: number, workers: readonly string[], now: number): Promise<number>;
  /** How many deliveries could go back into the queue; suppressed recipients are left out. */
  retriable(send: number): Promise<Retry>;
  /**
   * Puts ended deliveries back into the queue; nothing else ever does. It does exactly what a person agreed to, or
   * nothing: if another run was faster, the deliveries that are unknown now may be the ones that it sent again.
   * @param wanted how many there were when they were counted; 0 leaves that state alone
   * @returns whether it was done
   */
  requeue(send: Send, wanted: Retry, now: number): Promise<boolean>;
  /** The last answer about deliveries that wait in the queue. */
  lastDeferral(send: number): Promise<Deferral | undefined>;
  /** Starts over on a person's request: every deferred delivery is due, and earlier deferrals do not count any more. */
  refresh(send: number, now: number): Promise<void>;
  /**
   * Takes recipients who were suppressed since the freeze out of the queue; they count as excluded.
   * @param optOuts instead, these readers, by key, who opted out or are in doubt according to the list only
   * @returns how many
   */
  withdraw(send: Send, optOuts?: ReadonlyMap<string, SuppressionReason | 'unclear'>): Promise<number>;
  /**
   * Reports, again and again, that a worker is present and still holds its claims. Does nothing for a send that was
   * replaced.
   * @returns the workers present at any send of the same channel, because they use the same account
   */
  join(send: number, worker: string, now: number, leaseUntil: number): Promise<WorkerShare>;
  /** The workers that have joined a send and not left it. */
  present(send: number): Promise<Presence[]>;
  /** Reports that a worker has left. */
  leave(send: number, worker: string, now: number): Promise<void>;
  /** Records why a run paused itself; null: it did not. */
  pause(send: number, reason: string | null): Promise<void>;
  /** Streams failures in the order of the list, without forgotten readers. */
  failures(send: number): AsyncIterable<Failure>;
  /** How many deliveries were accepted since a time, for the rate. */
  acceptedSince(send: number, since: number): Promise<number>;
  /** The highest issue number that was ever sent live; 0: none. */
  lastIssue(): Promise<number>;
  /** Whether anything was ever sent live. */
  hasHistory(): Promise<boolean>;
}
