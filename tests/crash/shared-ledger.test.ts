import { expect, it } from 'vitest';
import { playShared } from './shared.js';

/** Where kills are counted, all of it is played; with every run of the tests, a small form. */
const whole = process.env.OBN_CRASH_KILLS !== undefined;
const READERS = whole ? 20_000 : 1_500;
const RATE = whole ? 400 : 150;
const TIMEOUT_MS = whole ? 600_000 : 180_000;

it(`four processes share a ledger on a server that is restarted, one of them is killed, and ${READERS} readers are sent to`, {
  timeout: TIMEOUT_MS,
}, async ({ annotate }) => {
  const { problems, doubled, unaccounted, most, counts, seconds, notices } = await playShared(READERS, RATE);
  const facts = { counts, doubled, unaccounted, most, seconds };
  await annotate(JSON.stringify(facts));
  if (whole) console.log(facts);
  expect(problems).toEqual([]);
  expect({ doubled, unaccounted }).toEqual({ doubled: [], unaccounted: [] });
  expect(notices).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(RATE);
  // The faults of the other side are a few in a hundred; what a kill leaves in doubt was in flight.
  expect(counts.unknown).toBeGreaterThan(0);
  expect(counts.unknown).toBeLessThan(READERS * 0.06 + RATE / 2);
  expect(counts.rejected).toBeGreaterThan(0);
});
