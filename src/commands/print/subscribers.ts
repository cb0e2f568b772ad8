import type { Exclusion } from '../../audience/select.js';
import { displayName, NO_LINE, type Subscriber } from '../../audience/subscriber.js';
import { visible } from '../../findings/visible.js';
import type { Style } from './style.js';
import { columns } from './table.js';

/** Somebody as JSON: where they stand, and whether they are mailed. */
export function subscriberJson(row: Subscriber | Exclusion) {
  const { address, line } = row;
  const place = line === NO_LINE ? { line: null } : { line };
  if ('reason' in row) return { address, ...place, mailed: false, reason: row.reason, detail: row.detail };
  return { address, ...place, mailed: true, name: displayName(row.fields), tags: row.tags };
}

/** Rows with their places, and whether they are mailed. */
export function subscribersText(rows: readonly (Subscriber | Exclusion)[], style: Style): string {
  return columns(
    rows.map((row) => {
      const place = row.line === NO_LINE ? 'ledger' : `line ${row.line}`;
      const about =
        'reason' in row
          ? style.yellow(row.reason)
          : visible([displayName(row.fields), row.tags.join(' ')].filter(Boolean).join('  '));
      return [style.dim(place), visible(row.address) || '(no address)', about];
    }),
  );
}
