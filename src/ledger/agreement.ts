/** That a person wants an issue to go out as it is; bound to what it was when they looked at it. */
export interface Approval {
  readonly issue: number;
  /** SHA-256 of what readers get to see, in hex. */
  readonly content: string;
  /** SHA-256 of the query that says who gets it, in hex; not of who that is today. */
  readonly audience: string;
  /** Who has approved it, in their own words. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Who has a lock, and until when it is theirs without another word. */
export interface LockHold {
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly leaseUntil: number;
}

/** What people and runs agree on through the ledger. */
export interface AgreementStore {
  /** Remembers an approval; it takes the place of an earlier one of the same issue. */
  approve(approval: Approval): Promise<void>;
  approval(issue: number): Promise<Approval | undefined>;
  /** @returns whether there was an approval to take back. */
  disapprove(issue: number): Promise<boolean>;
  /**
   * Takes a lock that nobody has or whose lease has run out, or renews it for the one who has it.
   * @returns who has it now: the caller, or another who was there before
   */
  lock(name: string, holder: string, now: number, leaseUntil: number): Promise<LockHold>;
  /** Gives a lock back, or takes it from one who is known to be gone; does nothing when another has it by now. */
  unlock(name: string, holder: string): Promise<void>;
}
