import { expect, it } from 'vitest';
import { playShared } from './shared.js';

/** Where kills are counted, all of it is played; with every run of the tests, a small form. */
const whole = process.env.OBN_CRASH_KILLS !== undefined;
const READERS = whole ? 20_000 : 1_000;
/** A machine that has a lot else to do keeps it up, too. */
const RATE = whole ? 100 : 80;
const TIMEOUT_MS = 600_000;

it(`${READERS} readers get it once from four processes, one killed, while the server of the ledger is restarted`, {
  timeout: TIMEOUT_MS,
}, async () => {
  const { problems, doubled, unaccounted, most, counts, seconds, notices } = await playShared(READERS, RATE);
  if (whole) console.log({ ...counts, doubled, unaccounted, most, seconds });
  expect(problems).toEqual([]);
  expect({ doubled, unaccounted }).toEqual({ doubled: 0, unaccounted: 0 });
  expect(notices).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(RATE);
  // The faults of the other side are a few in a hundred; what a kill leaves in doubt was in flight.
  expect(counts.unknown).toBeGreaterThan(0);
  expect(counts.unknown).toBeLessThan(READERS * 0.06 + RATE / 2);
  expect(counts.rejected).toBeGreaterThan(0);
});
