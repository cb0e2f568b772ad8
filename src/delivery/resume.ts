import type { Ledger } from '../ledger/ledger.js';
import { mayBeRunning } from '../platform/process.js';

/**
 * Gives up the claims of processes that are gone or whose leases have run out: what they had in flight is unknown from
 * now on. @returns how many deliveries that were.
 */
export async function abandonDead(ledger: Ledger, send: number, now: number): Promise<number> {
  const holders = await ledger.holders(send);
  const dead = holders.filter(({ worker, leaseUntil }) => leaseUntil < now || !mayBeRunning(worker));
  if (dead.length === 0) return 0;
  return ledger.abandon(
    send,
    dead.map(({ worker }) => worker),
    now,
  );
}
