import type { LockHold, LockStore } from '../ledger/lock-store.js';
import type { Clock } from '../platform/clock.js';
import { mayBeRunning, workerName } from '../platform/process.js';

/** A machine that is gone keeps others waiting for so long; freezing a large list may take most of it. */
const LEASE_MS = 120_000;
const RENEWAL_MS = 20_000;

export type Locked<T> = { readonly value: T } | { readonly heldBy: LockHold };

/**
 * Does something while this process alone, of all on the ledger, has a lock. Who has it and is known to be gone, as
 * every process of this machine that does not run any more, loses it at once; of another machine the lease decides.
 *
 * Nothing depends on it but that two do not do the same work: what keeps a reader from getting a message twice is the
 * claim of the delivery.
 */
export async function whileLocked<T>(
  locks: LockStore,
  clock: Clock,
  name: string,
  work: () => Promise<T>,
): Promise<Locked<T>> {
  const holder = workerName();
  const take = () => locks.acquire(name, holder, clock.now(), clock.now() + LEASE_MS);
  let hold = await take();
  if (!mayBeRunning(hold.holder)) {
    await locks.release(name, hold.holder);
    hold = await take();
  }
  if (hold.holder !== holder) return { heldBy: hold };
  const stop = renewing(clock, take);
  try {
    return { value: await work() };
  } finally {
    await stop();
    // What cannot be given back is given up when its lease runs out.
    await locks.release(name, holder).catch(() => undefined);
  }
}

/** Renews again and again. @returns how to stop, which waits for a renewal that is under way. */
function renewing(clock: Clock, renew: () => Promise<unknown>): () => Promise<void> {
  let pending: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let cancel: () => void = () => undefined;
  const wait = () => {
    cancel = clock.after(RENEWAL_MS, () => {
      // Where it does not succeed, as in the middle of a freeze, the next one does.
      pending = renew()
        .catch(() => undefined)
        .then(() => {
          if (!stopped) wait();
        });
    });
  };
  wait();
  return async () => {
    stopped = true;
    cancel();
    await pending;
  };
}
