import type { Ledger } from '../ledger/ledger.js';
import { mayBeRunning } from '../platform/process.js';

/**
 * Gives up the claims of processes that are gone or whose leases have run out: what they had in flight is unknown from
 * now on, and they are not present any more. @returns how many deliveries that were.
 */
export async function abandonDead(ledger: Ledger, send: number, now: number): Promise<number> {
  for (const { worker } of await ledger.deliveries.present(send)) {
    if (!mayBeRunning(worker)) await ledger.deliveries.leave(send, worker, now);
  }
  const holders = await ledger.deliveries.holders(send);
  const dead = holders.filter(({ worker, leaseUntil }) => leaseUntil < now || !mayBeRunning(worker));
  if (dead.length === 0) return 0;
  return ledger.deliveries.abandon(
    send,
    dead.map(({ worker }) => worker),
    now,
  );
}
