import type { AudienceCounts } from './count-types.js';

/** A list and a segment; default: the whole list of obn.yaml. */
export interface ListOptions {
  readonly list?: string | undefined;
  readonly segment?: string | undefined;
}

/** A row of the list that is mailed. */
export interface Subscriber {
  /** From 1; 0: a reader in the ledger. */
  readonly line: number;
  readonly address: string;
  readonly tags: readonly string[];
  /** Every column, by name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A row of the list that is not mailed. */
export interface Exclusion {
  readonly line: number;
  readonly address: string;
  readonly reason: string;
  readonly detail: string;
}

export interface SubscriberQuery extends ListOptions {
  /** A part of the address or the name. */
  readonly search?: string | undefined;
  /** Only readers who are not mailed for this reason, such as `bounced`. */
  readonly reason?: string | undefined;
  /** Only readers who are not mailed. */
  readonly leftOut?: boolean | undefined;
  /** All readers, mailed or not. */
  readonly all?: boolean | undefined;
  /** The maximum number of rows; default: 20. */
  readonly limit?: number | undefined;
}

export interface FoundSubscribers {
  /** The whole list. */
  readonly audience: AudienceCounts;
  /** How many rows match. */
  readonly count: number;
  /** The first matching rows. */
  readonly subscribers: readonly (Subscriber | Exclusion)[];
}

export interface NewSubscriber extends ListOptions {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Other columns of the list. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Whether the subscriber has not confirmed yet, and so is not mailed. */
  readonly pending?: boolean | undefined;
}

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained';

export interface SuppressionResult {
  readonly address: string;
  /** Why it is never mailed; null: it may be mailed. */
  readonly reason: string | null;
  readonly changed: boolean;
}

/** The result of an erasure. Paths are within the newsletter. */
export interface Forgotten {
  /** Rows removed from the list. */
  readonly removed: number;
  /** Delivery records that named the person. */
  readonly deliveries: number;
  /** Copies made by obn that were changed or removed. */
  readonly erased: readonly string[];
  /** Other files of obn that still name the person. */
  readonly left: readonly string[];
}

export interface ImportOptions extends ListOptions {
  /** The column of the list for each column of the file; an empty name leaves one out. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** The meaning of each value of the status column, such as `{ gone: 'unsubscribed' }`. */
  readonly meanings?: Readonly<Record<string, SubscriberStatus>> | undefined;
  /** The order of day and month, for dates that could be either. */
  readonly dates?: 'day-first' | 'month-first' | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @param share how much was read, from 0 to 1 */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export type SubscriberStatus = 'subscribed' | 'pending' | SuppressionReason;

/** A planned import. It keeps files until it is closed. */
export interface ImportPlan {
  /** Rows of the file, by outcome. */
  readonly counts: Readonly<Record<string, number>>;
  readonly refused: number;
  /** Whether the list would change. */
  readonly changesList: boolean;
  /** Suppresses readers who unsubscribed, then replaces the list. @throws ObnError if the list has changed since */
  apply(this: void): Promise<{
    /** The backup of the list, by its path within the newsletter. */
    readonly backup: string | undefined;
    readonly suppressed: number;
  }>;
  /**
   * Writes the refused rows as CSV: line, reason, and the original columns.
   * @param path default: a new file in `.obn/reports` @returns the path as given, or within the newsletter
   */
  writeRefused(this: void, path?: string): Promise<string>;
  close(this: void): Promise<void>;
}

/** The list and the readers of the ledger. */
export interface Subscribers {
  /** Counts the list, and finds rows in it. @throws ObnError if there is no list */
  list(query?: SubscriberQuery): Promise<FoundSubscribers>;
  /** The row of an address, mailed or not; undefined: there is none. */
  find(address: string, options?: ListOptions): Promise<Subscriber | Exclusion | undefined>;
  /** Rows that cannot be mailed. */
  faulty(options?: ListOptions): Promise<readonly Exclusion[]>;
  /** @returns the new row. @throws ObnError if the address is already on the list, or is suppressed */
  add(address: string, facts?: NewSubscriber): Promise<Readonly<Record<string, string>>>;
  /** @returns how many rows were removed. @throws ObnError for an unknown address */
  remove(address: string, options?: ListOptions): Promise<number>;
  /** Suppresses addresses, so that they are never mailed; default reason: `unsubscribed`. */
  suppress(addresses: readonly string[], reason?: SuppressionReason): Promise<readonly SuppressionResult[]>;
  /** Ends suppressions. */
  unsuppress(addresses: readonly string[]): Promise<readonly SuppressionResult[]>;
  /** Erases a person from list, ledger and the copies that obn made. A keyed hash remains. */
  forget(address: string, options?: ListOptions): Promise<Forgotten>;
  /** Plans to merge a CSV file into the list. */
  import(file: string, options?: ImportOptions): Promise<ImportPlan>;
  /** Everyone who can be mailed, as pieces of a text. */
  export(format?: 'csv' | 'json', options?: ListOptions): AsyncIterable<string>;
}
