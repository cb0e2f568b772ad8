import type { DeliveryStore } from '../ledger/delivery-store.js';
import { mayBeRunning } from '../platform/process.js';

/**
 * Gives up the claims of processes that are gone or whose leases have expired. Their deliveries in flight become
 * `unknown`, and the processes no longer count as present. @returns how many deliveries became `unknown`
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
