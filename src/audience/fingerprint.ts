import { createHash } from 'node:crypto';
import { type BadRow, NO_LINE, type Subscriber } from './subscriber.js';

function textOf(row: Subscriber | BadRow): string {
  return 'key' in row
    ? `${row.key}\0${Object.values(row.fields).join('\0')}\n`
    : `${row.address}\0${row.problem}\0${(row.doubts ?? []).join('\0')}\n`;
}

/** A digest of what is on a list, by which two readings of it are compared. */
export class Fingerprint {
  private readonly hash = createHash('sha256');

  /** Readers of the ledger come and go meanwhile, and do not count. */
  add(rows: readonly (Subscriber | BadRow)[]): void {
    const listed = rows.filter(({ line }) => line !== NO_LINE);
    this.hash.update(listed.map(textOf).join(''));
  }

  /** SHA-256, in hex; nothing can be added afterwards. */
  digest(): string {
    return this.hash.digest('hex');
  }
}
