import { createHash } from 'node:crypto';
import type { BadRow, Subscriber } from './subscriber.js';

/** A digest of who is on a list, by which two readings of it are compared. */
export class Fingerprint {
  private readonly hash = createHash('sha256');

  add(rows: readonly (Subscriber | BadRow)[]): void {
    this.hash.update(rows.map((row) => ('key' in row ? `${row.key} ${row.status}\n` : '\n')).join(''));
  }

  /** SHA-256, in hex; nothing can be added afterwards. */
  digest(): string {
    return this.hash.digest('hex');
  }
}
