import type { Exclusion } from '../audience/select.js';
import { displayName, NO_LINE, type Subscriber } from '../audience/subscriber.js';

/** A subscriber as JSON: address, line, and whether they are mailed. */
export function subscriberDocument(row: Subscriber | Exclusion) {
  const { address, line } = row;
  const place = line === NO_LINE ? { line: null } : { line };
  if ('reason' in row) return { address, ...place, mailed: false, reason: row.reason, detail: row.detail };
  return { address, ...place, mailed: true, name: displayName(row.fields), tags: row.tags };
}
