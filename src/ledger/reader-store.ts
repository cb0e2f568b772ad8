import { EXIT, ObnError } from '../findings/error.js';

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained';

export type ReaderState = 'pending' | 'subscribed' | 'unsubscribed';

/** The prefix of a forgotten reader's key; no address starts with it. */
export const FORGOTTEN = 'hash:';

/** A reader who subscribed through a form, as the ledger knows them. */
export interface Reader {
  /** The normalized address, for comparison. */
  readonly key: string;
  readonly address: string;
  readonly state: ReaderState;
  /** Name, tags (separated by `;`) and so on, like the columns of a list; without the address. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where the reader came from, such as `form`. */
  readonly source: string;
  /** When the ledger first knew the reader; milliseconds since 1970. */
  readonly since: number;
  /** When the reader last confirmed the address; null: never. */
  readonly confirmedAt: number | null;
}

/** An address that is never mailed, whatever the list says. */
export interface Suppression {
  /** The normalized address or, for a forgotten reader, {@link FORGOTTEN} and a keyed hash of it. */
  readonly key: string;
  readonly reason: SuppressionReason;
  /** What reported it, such as `one-click` or `import`. */
  readonly source: string;
  readonly since: number;
}

/** The use of something that is limited per period. */
export interface Quota {
  /** How often it was used in this period, including this time. */
  readonly count: number;
  /** When the period ends; milliseconds since 1970. */
  readonly resetsAt: number;
}

/** Suppressions, the readers who subscribed themselves, and the quota of sign-up emails. */
export interface ReaderStore {
  /** Which of these keys are suppressed. A forgotten reader is found only by the keyed hash. */
  suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, SuppressionReason>>;
  /** Suppresses a key. The first reason stays, but a bounce or a complaint replaces `unsubscribed`. */
  suppress(key: string, reason: SuppressionReason, source: string, now: number): Promise<void>;
  /** Does what {@link suppress} does, for many in one transaction. @returns how many are new or changed their reason */
  suppressAll(suppressions: readonly Suppression[]): Promise<number>;
  /**
   * Ends a suppression that began at or before `now`. A reader who confirms a new subscription ends only
   * `unsubscribed`. Only the operator can end a bounce or a complaint.
   * @param reasons the reasons that may end; default: `unsubscribed`
   * @returns whether a suppression ended
   */
  unsuppress(key: string, now: number, reasons?: readonly SuppressionReason[]): Promise<boolean>;
  /** Streams suppressions in the order of their keys. @param prefix only keys that start with it */
  suppressions(prefix?: string): AsyncIterable<Suppression>;
  /** The reader with this key. */
  get(key: string): Promise<Reader | undefined>;
  /** The readers with these keys, by key; unknown keys are left out. */
  getAll(keys: readonly string[]): Promise<ReadonlyMap<string, Reader>>;
  /** Inserts a reader, or replaces the one with the same key. */
  save(reader: Reader): Promise<void>;
  /** Streams readers in the order of their keys. @param state only readers in this state */
  list(state?: ReaderState): AsyncIterable<Reader>;
  /**
   * Erases a person: the reader and the suppression under the plain key, and everything in their deliveries except
   * state and times, so that counts stay true. Their queued deliveries are never sent. `hash` is suppressed from then
   * on, for the reason that applied to the key, or else as `unsubscribed`.
   * @returns how many deliveries were erased
   * @throws ObnError while one of their deliveries is claimed: it needs an answer first
   */
  forget(key: string, hash: string, now: number): Promise<{ readonly deliveries: number }>;
  /**
   * Counts one use of a quota, for every process on the ledger, and deletes quotas whose period has ended.
   * @param key what is counted; it must not identify a person
   * @param resetsAt when the period ends, if it begins now
   */
  takeQuota(key: string, now: number, resetsAt: number): Promise<Quota>;
}

/** The error for a person who cannot be forgotten yet. */
export function inFlight(): ObnError {
  return new ObnError(EXIT.stopped, 'a message to this address is in flight', {
    hint: 'run the same command again when the send has ended; if the run crashed, run `obn send` first',
  });
}
