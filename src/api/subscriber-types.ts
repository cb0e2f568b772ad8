import type { AudienceCounts } from './count-types.js';

/** Which list and which part of it, where it is not the whole list of obn.yaml. */
export interface ListOptions {
  readonly list?: string | undefined;
  readonly segment?: string | undefined;
}

/** A row of the list that is mailed. */
export interface Subscriber {
  /** From 1; 0: a reader whom the ledger knows. */
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
  /** Those who are not mailed for this reason, such as `bounced`. */
  readonly reason?: string | undefined;
  /** Those who are not mailed. */
  readonly leftOut?: boolean | undefined;
  /** Those who are mailed and those who are not. */
  readonly all?: boolean | undefined;
  /** How many rows are returned at most; default: 20. */
  readonly limit?: number | undefined;
}

export interface FoundSubscribers {
  /** The whole list. */
  readonly audience: AudienceCounts;
  /** How many rows match. */
  readonly count: number;
  /** The first of them. */
  readonly subscribers: readonly (Subscriber | Exclusion)[];
}

export interface NewSubscriber extends ListOptions {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Other columns of the list. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Whether they have not confirmed yet, so that they are not mailed. */
  readonly pending?: boolean | undefined;
}

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained';

export interface SuppressionResult {
  readonly address: string;
  /** Why it is never mailed; null: it may be mailed. */
  readonly reason: string | null;
  readonly changed: boolean;
}

/** What was erased; paths are within the newsletter. */
export interface Forgotten {
  /** Rows taken out of the list. */
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
  /** What values mean in a column that says who left, such as `{ gone: 'unsubscribed' }`. */
  readonly meanings?: Readonly<Record<string, SubscriberStatus>> | undefined;
  /** The order of day and month, where the dates do not show it. */
  readonly dates?: 'day-first' | 'month-first' | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @param share how much was read, from 0 to 1 */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export type SubscriberStatus = 'subscribed' | 'pending' | SuppressionReason;

/** An import that has not happened yet. It keeps files until it is closed. */
export interface ImportPlan {
  /** Rows of the file, by what becomes of them. */
  readonly counts: Readonly<Record<string, number>>;
  readonly refused: number;
  /** Whether the list would change. */
  readonly changesList: boolean;
  /** Suppresses who left, then replaces the list. @throws ObnError when the list was changed in between */
  apply(this: void): Promise<{
    /** The copy of the list as it was, within the newsletter. */
    readonly backup: string | undefined;
    readonly suppressed: number;
  }>;
  /**
   * Writes the refused rows as CSV: line, reason, and the columns as they were.
   * @param path default: a new file in `.obn/reports` @returns it, as given or within the newsletter
   */
  writeRefused(this: void, path?: string): Promise<string>;
  close(this: void): Promise<void>;
}

/** The list and the readers of the ledger. */
export interface Subscribers {
  /** Counts the list, and finds rows in it. @throws ObnError when there is no list */
  list(query?: SubscriberQuery): Promise<FoundSubscribers>;
  /** The row of an address, whether or not it is mailed; undefined: it has none. */
  find(address: string, options?: ListOptions): Promise<Subscriber | Exclusion | undefined>;
  /** Rows that cannot be mailed. */
  faulty(options?: ListOptions): Promise<readonly Exclusion[]>;
  /** @returns the new row. @throws ObnError for an address that is on the list, or is suppressed */
  add(address: string, facts?: NewSubscriber): Promise<Readonly<Record<string, string>>>;
  /** @returns how many rows were taken out. @throws ObnError for an address that is not known */
  remove(address: string, options?: ListOptions): Promise<number>;
  /** Never mails these again, whatever the list says; default reason: `unsubscribed`. */
  suppress(addresses: readonly string[], reason?: SuppressionReason): Promise<readonly SuppressionResult[]>;
  /** Ends suppressions. */
  unsuppress(addresses: readonly string[]): Promise<readonly SuppressionResult[]>;
  /** Erases a person from list, ledger and the copies that obn made; a keyed hash remains. */
  forget(address: string, options?: ListOptions): Promise<Forgotten>;
  /** Plans to merge a CSV file into the list. */
  import(file: string, options?: ImportOptions): Promise<ImportPlan>;
  /** Everyone who can be mailed, as pieces of a text. */
  export(format?: 'csv' | 'json', options?: ListOptions): AsyncIterable<string>;
}
