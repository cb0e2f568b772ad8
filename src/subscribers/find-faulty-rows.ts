import { type Exclusion, isFaulty } from '../audience/select.js';
import { Tally } from '../delivery/audience.js';
import type { AudienceCounts } from '../ledger/send.js';
import { everybody, type ListSession } from './list-session.js';

export interface FaultyRowOptions {
  /** Whether to include rows of readers who are unsubscribed, pending, bounced or complained. */
  readonly all?: boolean | undefined;
  /** Receives each row, in the order of the list. */
  onRow(row: Exclusion): void;
}

/** Finds every row that cannot be mailed. @returns how many there are. @throws ObnError if there is no list */
export async function findFaultyRows(
  session: ListSession,
  { all = false, onRow }: FaultyRowOptions,
): Promise<{ audience: AudienceCounts; faulty: number }> {
  const tally = new Tally();
  let faulty = 0;
  for await (const batch of everybody(session, (row) => tally.add(row))) {
    for (const row of batch) {
      if (!('reason' in row)) continue;
      const isFault = isFaulty(row);
      if (isFault) faulty += 1;
      if (isFault || all) onRow(row);
    }
  }
  return { audience: tally.counts, faulty };
}
