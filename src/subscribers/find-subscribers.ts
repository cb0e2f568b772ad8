import type { Exclusion } from '../audience/select.js';
import type { Subscriber } from '../audience/subscriber.js';
import { Tally } from '../delivery/audience.js';
import type { AudienceCounts } from '../ledger/send.js';
import { everybody, type ListSession } from './list-session.js';

/** Which rows to find; default: everyone who is mailed. */
export interface SubscriberQuery {
  /** A part of the address or the name. */
  readonly search?: string | undefined;
  /** Only readers who are not mailed for this reason, such as `bounced`. */
  readonly reason?: string | undefined;
  /** Only readers who are not mailed. */
  readonly leftOut?: boolean | undefined;
  /** All readers, mailed or not. */
  readonly all?: boolean | undefined;
  /** The maximum number of rows. */
  readonly limit: number;
}

export interface FoundSubscribers {
  /** The whole list. */
  readonly audience: AudienceCounts;
  /** How many rows match. */
  readonly count: number;
  /** The first matching rows. */
  readonly subscribers: readonly (Subscriber | Exclusion)[];
}

/** Counts the list, and finds rows in it. @throws ObnError if there is no list */
export async function findSubscribers(
  session: ListSession,
  query: SubscriberQuery,
): Promise<FoundSubscribers> {
  const tally = new Tally();
  const matches = matcher(query);
  const subscribers: (Subscriber | Exclusion)[] = [];
  let count = 0;
  for await (const batch of everybody(session, (row) => tally.add(row))) {
    for (const row of batch) {
      if (!matches(row)) continue;
      count += 1;
      if (subscribers.length < query.limit) subscribers.push(row);
    }
  }
  return { audience: tally.counts, count, subscribers };
}

function matcher({ search, reason, leftOut, all }: SubscriberQuery) {
  const text = search?.trim().toLowerCase() ?? '';
  return (row: Subscriber | Exclusion): boolean => {
    if ('reason' in row) {
      if (reason !== undefined ? row.reason !== reason : !(leftOut || all) || row.reason === 'segment')
        return false;
      return row.address.toLowerCase().includes(text);
    }
    if (leftOut || reason !== undefined) return false;
    const { first_name = '', last_name = '' } = row.fields;
    return [row.address, `${first_name} ${last_name}`].some((one) => one.toLowerCase().includes(text));
  };
}
