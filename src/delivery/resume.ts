import type { DeliveryStore } from '../ledger/delivery-store.js';
import { mayBeRunning } from '../platform/process.js';

/**
 * Gives up the claims of processes that are gone or whose leases have run out: what they had in flight is unknown from
 * now on, and they are not present any more. @returns how many deliveries that were.
 */
export async function abandonDead(deliveries: DeliveryStore, send: number, now: number): Promise<number> {
  for (const { worker } of await deliveries.present(send)) {
    if (!mayBeRunning(worker)) await deliveries.leave(send, worker, now);
  }
  const holders = await deliveries.holders(send);
  const dead = holders.filter(({ worker, leaseUntil }) => leaseUntil < now || !mayBeRunning(worker));
  if (dead.length === 0) return 0;
  return deliveries.abandon(
    send,
    dead.map(({ worker }) => worker),
    now,
  );
}
