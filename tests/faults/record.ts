import { expect } from 'vitest';
import { type Counts, DELIVERY_STATES } from '../../src/ledger/send.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';

/** What a ledger and the other side say of each reader when everything is over. */
export interface FinalRecord {
  readonly counts: Counts;
  /** State and, where it is no yes, the words of the other side. */
  readonly ends: ReadonlyMap<string, { readonly state: string; readonly says: string }>;
  /** To whom the other side has taken a message, in the order in which it did. */
  readonly taken: readonly string[];
}

/** Reads the ledger of issue 1; everybody in it whom nothing befell counts as accepted. */
export async function readRecord(
  file: string,
  readers: readonly string[],
  taken: readonly string[],
): Promise<FinalRecord> {
  const ledger = await openSqlite(file);
  try {
    const send = (await ledger.deliveries.find(1, 'live'))?.id;
    if (send === undefined) throw new Error(`${file} knows nothing of issue 1`);
    const ends = new Map(readers.map((reader) => [reader, { state: 'accepted', says: '' }]));
    for await (const { address, state, code, reason } of ledger.deliveries.failures(send)) {
      ends.set(address, { state, says: `${code}: ${reason}` });
    }
    return { counts: await ledger.deliveries.counts(send), ends, taken };
  } finally {
    await ledger.close();
  }
}

/**
 * What holds at the end of every story: each reader was taken once at most and has come to a final state, whoever is
 * accepted was taken, and whoever was taken is accepted or unknown.
 */
export function expectNoDoubt({ counts, ends, taken }: FinalRecord): void {
  const got = new Set(taken);
  expect([...taken].sort(), 'somebody was sent to twice').toEqual([...got].sort());
  const all = [...ends].map(([reader, { state }]) => ({ reader, state, taken: got.has(reader) }));
  const wrong = all.filter((one) => one.state === (one.taken ? 'rejected' : 'accepted'));
  expect(wrong, 'the ledger and the other side disagree').toEqual([]);
  expect([...got].filter((reader) => !ends.has(reader))).toEqual([]);
  const count = (state: string) => all.filter((one) => one.state === state).length;
  expect(counts).toEqual(Object.fromEntries(DELIVERY_STATES.map((state) => [state, count(state)])));
  expect(counts.accepted + counts.unknown).toBeGreaterThanOrEqual(taken.length);
  expect(taken.length).toBeGreaterThanOrEqual(counts.accepted);
}
