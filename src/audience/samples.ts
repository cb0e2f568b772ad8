import { type BadRow, type Subscriber, USUAL_COLUMNS } from './subscriber.js';

/** The sample readers of `obn init`. */
const SAMPLES = [
  ['ada@example.com', 'Ada', 'Lovelace', 'subscribed', 'beginner', '2018-09-01'],
  ['grace@example.org', 'Grace', 'Hopper', 'subscribed', '', '2018-09-02'],
  ['somebody@example.net', '', '', 'subscribed', '', '2018-09-03'],
  ['gone@example.com', 'Gone', 'Already', 'unsubscribed', '', '2018-09-01'],
] as const;

/** The list of a new newsletter. */
export const SAMPLE_LIST = `${[USUAL_COLUMNS, ...SAMPLES].map((cells) => cells.join(',')).join('\n')}\n`;

/** Address, names and date together identify a sample, even if other values were changed. */
const known = new Set(
  SAMPLES.map(([address, first, last, , , since]) => [address, first, last, since].join('\0')),
);

/** Whether a row is a sample reader of `obn init`. */
export function isSample(row: Subscriber | BadRow): boolean {
  if (!('key' in row)) return false;
  const { first_name, last_name, subscribed_at } = row.fields;
  return known.has([row.key, first_name, last_name, subscribed_at].join('\0'));
}
