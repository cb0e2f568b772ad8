/** Who holds a lock, and when its lease ends unless the holder renews it. */
export interface LockHold {
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly leaseUntil: number;
}

/** Named locks with a lease, shared by every process that uses the ledger. */
export interface LockStore {
  /**
   * Takes a lock that is free or whose lease has ended, or renews it for its holder.
   * @returns who holds it now: the caller, or an earlier holder
   */
  acquire(name: string, holder: string, now: number, leaseUntil: number): Promise<LockHold>;
  /** Frees a lock that this holder holds. Does nothing if another holder has it. */
  release(name: string, holder: string): Promise<void>;
}
