import { EXIT, ObnError } from '../findings/error.js';

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained';

export type ReaderState = 'pending' | 'subscribed' | 'unsubscribed';

/** What the key of one who is forgotten begins with; no address does. */
export const FORGOTTEN = 'hash:';

/** A reader who has subscribed by themselves, as the ledger knows them. */
export interface Reader {
  /** The address as it is compared. */
  readonly key: string;
  readonly address: string;
  readonly state: ReaderState;
  /** Names, tags (separated by `;`) and the like, as the columns of a list; without the address. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where they came from, such as `form`. */
  readonly source: string;
  /** Since when they are known; milliseconds since 1970. */
  readonly since: number;
  /** When they last said that the address is theirs; null: never. */
  readonly confirmedAt: number | null;
}

/** That somebody gets nothing, whatever a list says. */
export interface Suppression {
  /** The address as it is compared, or, of one who is forgotten, {@link FORGOTTEN} and a keyed hash of it. */
  readonly key: string;
  readonly reason: SuppressionReason;
  /** Who says so, such as `one-click` or `import`. */
  readonly source: string;
  readonly since: number;
}

/** What readers say of themselves, and what others say of them; times are milliseconds since 1970. */
export interface ReaderStore {
  /** Who of these is suppressed. One who is forgotten is found under the keyed hash alone. */
  suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, SuppressionReason>>;
  /** The first reason stays, except that a bounce or a complaint takes the place of `unsubscribed`. */
  suppress(key: string, reason: SuppressionReason, source: string, now: number): Promise<void>;
  /** As {@link suppress}, many in one transaction. @returns how many are new or have another reason now. */
  suppressAll(suppressions: readonly Suppression[]): Promise<number>;
  /**
   * Ends a suppression that is not younger than `now`. One who asks for mail again, and has confirmed it, ends
   * `unsubscribed` and nothing else; who bounced or complained comes back through the operator alone.
   * @param reasons those that may be ended
   * @returns whether there was one to be ended
   */
  unsuppress(key: string, now: number, reasons?: readonly SuppressionReason[]): Promise<boolean>;
  /** In the order of their keys, streamed. @param prefix only those whose key begins so */
  suppressions(prefix?: string): AsyncIterable<Suppression>;
  reader(key: string): Promise<Reader | undefined>;
  /** Those of these keys that are known, by their key. */
  readersOf(keys: readonly string[]): Promise<ReadonlyMap<string, Reader>>;
  /** Inserts a reader, or replaces the one with this key. */
  saveReader(reader: Reader): Promise<void>;
  /** In the order of their keys, streamed. */
  readers(state?: ReaderState): AsyncIterable<Reader>;
  /**
   * Erases what is known of a person: reader and suppression under the plain key, and of their deliveries all but state
   * and times, so that counts stay true. What is queued is not sent any more. `hash` is suppressed from then on, for the
   * reason that the key was, or else as `unsubscribed`.
   * @returns how many deliveries were erased
   * @throws ObnError while a delivery of theirs is claimed: it has to be answered first.
   */
  forget(key: string, hash: string, now: number): Promise<{ readonly deliveries: number }>;
}

/** What a ledger says when somebody cannot be forgotten yet. */
export function inFlight(): ObnError {
  return new ObnError(EXIT.stopped, 'a message to this address is on its way', {
    hint: 'run the same command again when the send has ended, or `obn send` has given up what a dead run has left',
  });
}
