import { BloomFilter } from './bloom-filter.js';
import { Fingerprint } from './fingerprint.js';
import type { Rows, Status } from './subscriber.js';

export type OptOut = 'unsubscribed' | 'bounced' | 'complained';

/** What one reading of a list finds out for the next. */
export interface Duplicates {
  /**
   * Every address that stands on more than one row, and by chance a few that do not, with the opt-out that one of its
   * later rows says.
   */
  readonly addresses: ReadonlyMap<string, OptOut | undefined>;
  /** Addresses that a row names which cannot be read, with its line: it may say that they left. */
  readonly doubts?: ReadonlyMap<string, number>;
  /** Of the list as it was read, without the readers of the ledger; of another one, this says nothing. */
  readonly fingerprint: string;
}

/**
 * Finds the addresses to look at twice. A list of millions is not kept in memory for that: an address that was seen
 * before has left a mark in a bitmap of 8 MB, and only one that meets a mark is kept.
 */
export async function findDuplicates(rows: Rows): Promise<Duplicates> {
  const marks = new BloomFilter();
  const addresses = new Map<string, OptOut | undefined>();
  const doubts = new Map<string, number>();
  const fingerprint = new Fingerprint();
  for await (const batch of rows) {
    fingerprint.add(batch);
    for (const row of batch) {
      if (!('key' in row)) {
        for (const key of row.doubts ?? []) doubts.set(key, row.line);
        continue;
      }
      if (marks.add(row.key))
        addresses.set(row.key, isOptOut(row.status) ? row.status : addresses.get(row.key));
    }
  }
  return { addresses, doubts, fingerprint: fingerprint.digest() };
}

/** Whether a status says that its owner must not be mailed again. */
export function isOptOut(status: Status): status is OptOut {
  return status === 'unsubscribed' || status === 'bounced' || status === 'complained';
}
