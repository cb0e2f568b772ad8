/** How a ledger is opened. */
export interface OpenOptions {
  /** Whether a ledger that does not exist is created; otherwise an empty one takes its place. */
  readonly create: boolean;
  /** Whether a shared ledger of an older obn is migrated; default: as `create`. A ledger in a file always is. */
  readonly migrate?: boolean;
  /** Whether the clock has to agree with that of a shared ledger, as for sending; default: as `create`. */
  readonly sameClock?: boolean;
  /** How long a change of a ledger in a file waits for another process that writes; default: five minutes. */
  readonly patienceMs?: number | undefined;
  /** Reports that a server is not reachable, or is back. */
  notice?(text: string): void;
}
