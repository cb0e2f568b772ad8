import { BloomFilter } from './bloom-filter.js';
import { Fingerprint } from './fingerprint.js';
import type { Rows, Status } from './subscriber.js';

export type OptOut = 'unsubscribed' | 'bounced' | 'complained';

/** What one reading of a list finds for the next reading. */
export interface Duplicates {
  /**
   * Every address with more than one row, and by chance a few others, with the opt-out of a later row, if there is one.
   */
  readonly addresses: ReadonlyMap<string, OptOut | undefined>;
  /** Addresses in rows that cannot be read, with the line. Such a row may be an opt-out. */
  readonly doubts?: ReadonlyMap<string, number>;
  /** Of the list as it was read, without the readers of the ledger. The data applies to this list only. */
  readonly fingerprint: string;
}

/**
 * Finds duplicate addresses without keeping a list of millions in memory: a Bloom filter of 8 MB contains the addresses
 * so far, and only those that it already contains are kept.
 */
export async function findDuplicates(rows: Rows): Promise<Duplicates> {
  const seen = new BloomFilter();
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
      if (seen.add(row.key))
        addresses.set(row.key, isOptOut(row.status) ? row.status : addresses.get(row.key));
    }
  }
  return { addresses, doubts, fingerprint: fingerprint.digest() };
}

/** Whether a status means that the reader must get no more email. */
export function isOptOut(status: Status): status is OptOut {
  return status === 'unsubscribed' || status === 'bounced' || status === 'complained';
}
