/** A worker that has not reported for this long is not present any more. */
export const PRESENT_MS = 10_000;

/** A recipient as it is frozen: everything that filling a message needs, so nothing is looked up again. */
export interface FrozenRecipient {
  readonly key: string;
  readonly address: string;
  readonly name: string;
  /** An opaque, unique string of letters and digits. */
  readonly reference: string;
  /** Every column of the list. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A delivery that a worker has claimed. `attempt` fences its settlement. */
export interface Claim extends FrozenRecipient {
  readonly sequence: number;
  readonly attempt: number;
  /** How often the provider deferred it before. */
  readonly tries: number;
  /** When others may call the claim lost, unless its worker renews it; milliseconds since 1970. */
  readonly leaseUntil: number;
}

/** A worker's request for claims. */
export interface ClaimRequest {
  readonly worker: string;
  readonly limit: number;
  /** When others may call the claims lost; milliseconds since 1970. */
  readonly leaseUntil: number;
}

/**
 * The outcome of a claim. `queued` gives the delivery back, to be claimed again at `notBefore`. `accepted` is a fact
 * about the reader and holds whenever it arrives. Every other outcome is about its attempt: it settles the delivery
 * while that attempt is the latest. A rejection that arrives later ends the doubt about its own attempt. A rejection
 * never hides that another attempt may have been taken: the delivery then stays `unknown`.
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

/** A delivery that ended without being accepted. */
export interface Failure {
  readonly address: string;
  readonly state: 'rejected' | 'unknown';
  readonly code: string;
  readonly reason: string;
  /** Whether the latest attempt was rejected and an earlier one may have arrived; the state is then `unknown`. */
  readonly rejectedInDoubt: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

/** How many deliveries go back into the queue, by how they ended. */
export interface Retry {
  readonly rejected: number;
  readonly unknown: number;
}

/** A worker that has joined a send and not left it. It may have died. */
export interface Presence {
  readonly worker: string;
  /** Milliseconds since 1970. */
  readonly seenAt: number;
}

/** The workers that are present at any send of a channel, as one of them sees them. */
export interface WorkerShare {
  /** How many workers are present, including this one. */
  readonly workers: number;
  /** How many of them come before this one, in an order that is the same for all. */
  readonly place: number;
}

/** The claims of a worker. */
export interface ClaimHolder {
  readonly worker: string;
  /** Milliseconds since 1970. */
  readonly leaseUntil: number;
  readonly claims: number;
}

/** The provider's last answer about a delivery that waits in the queue. */
export interface Deferral {
  readonly code: string;
  readonly reason: string;
}

/** A delivery that may have been handed over although the ledger does not know it. */
export interface Doubtful {
  readonly sequence: number;
  readonly attempt: number;
  readonly code: string;
  readonly reason: string;
}

/** The first part of a send, all of which a lost ledger may have handed over. */
export interface DoubtRange {
  /** Deliveries with a lower sequence are in doubt. */
  readonly before: number;
  /** Whether rejected deliveries may have been tried again, too. */
  readonly rejected: boolean;
  readonly code: string;
  readonly reason: string;
}
