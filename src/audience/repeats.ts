import { Fingerprint } from './fingerprint.js';
import type { Rows, Status } from './subscriber.js';

export type OptOut = 'unsubscribed' | 'bounced' | 'complained';

/** What one reading of a list finds out for the next. */
export interface Repeats {
  /**
   * Every address that stands on more than one row, and by chance a few that do not, with the opt-out that one of its
   * later rows says.
   */
  readonly addresses: ReadonlyMap<string, OptOut | undefined>;
  /** Of the list as it was read; of another one, this says nothing. */
  readonly fingerprint: string;
}

const BITS = 26;

/**
 * Finds the addresses to look at twice. A list of millions is not kept in memory for that: an address that was seen
 * before has left a mark in a bitmap of 8 MB, and only one that meets a mark is kept.
 */
export async function findRepeats(rows: Rows): Promise<Repeats> {
  const marks = new Uint8Array(2 ** (BITS - 3));
  const addresses = new Map<string, OptOut | undefined>();
  const fingerprint = new Fingerprint();
  for await (const batch of rows) {
    fingerprint.add(batch);
    for (const row of batch) {
      if (!('key' in row)) continue;
      const mark = hash(row.key);
      const bit = 1 << (mark & 7);
      const marked = marks[mark >>> 3] ?? 0;
      marks[mark >>> 3] = marked | bit;
      if ((marked & bit) !== 0)
        addresses.set(row.key, isOptOut(row.status) ? row.status : addresses.get(row.key));
    }
  }
  return { addresses, fingerprint: fingerprint.digest() };
}

function isOptOut(status: Status): status is OptOut {
  return status === 'unsubscribed' || status === 'bounced' || status === 'complained';
}

/** FNV-1a, its upper bits folded into the lower ones. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return ((value >>> BITS) ^ value) & (2 ** BITS - 1);
}
