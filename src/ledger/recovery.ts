/** A delivery that may have been handed over although the ledger does not know it. */
export interface Doubtful {
  readonly sequence: number;
  readonly attempt: number;
  readonly code: string;
  readonly reason: string;
}

/** The beginning of a send, of which a ledger that was lost may have handed over everything. */
export interface DoubtRange {
  /** Deliveries with a lower sequence are in doubt. */
  readonly before: number;
  /** Whether rejected deliveries may have been tried again, too. */
  readonly rejected: boolean;
  readonly code: string;
  readonly reason: string;
}

/** What tells whether a ledger has gone back in time, and what repairs one that has. */
export interface RecoveryStore {
  /** Whether first attempts are claimed in the order of the list, with no exception. */
  readonly claimsInOrder: boolean;
  /** How often a delivery was claimed; undefined: there is no such delivery, or it was withdrawn. */
  attempt(send: number, sequence: number): Promise<number | undefined>;
  /** How many deliveries are not waiting for their first attempt. */
  handedOver(send: number): Promise<number>;
  /**
   * Makes deliveries `unknown` that are queued or claimed, unless a newer attempt has begun.
   * @returns how many
   */
  doubt(send: number, deliveries: readonly Doubtful[], now: number): Promise<number>;
  /** Makes the deliveries of a range `unknown` as after one more attempt, except accepted ones. @returns how many */
  doubtBefore(send: number, range: DoubtRange, now: number): Promise<number>;
}
