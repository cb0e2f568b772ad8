import { createHash } from 'node:crypto';
import { type BadRow, NO_LINE, type Subscriber } from './subscriber.js';

function textOf(row: Subscriber | BadRow): string {
  return 'key' in row
    ? `${row.key}\0${Object.values(row.fields).join('\0')}\n`
    : `${row.address}\0${row.problem}\0${(row.doubts ?? []).join('\0')}\n`;
}

/** A digest of the content of a list, to compare two readings. */
export class Fingerprint {
  private readonly hash = createHash('sha256');

  /** Adds rows, except readers of the ledger, who may change between two readings. */
  add(rows: readonly (Subscriber | BadRow)[]): void {
    const listed = rows.filter(({ line }) => line !== NO_LINE);
    this.hash.update(listed.map(textOf).join(''));
  }

  /** SHA-256, in hex; nothing can be added afterwards. */
  digest(): string {
    return this.hash.digest('hex');
  }
}
