import type { LockHold, LockStore } from '../ledger/lock-store.js';
import type { Clock } from '../platform/clock.js';
import { mayBeRunning, workerName } from '../platform/process.js';

/** How long a lost machine blocks others. Freezing a large list may take most of this time. */
const LEASE_MS = 120_000;
const RENEWAL_MS = 20_000;

export type Locked<T> = { readonly value: T } | { readonly heldBy: LockHold };

/**
 * Runs a function while this process holds a lock of the ledger. A holder on this machine whose process is gone loses
 * the lock immediately. For another machine, the lease decides.
 *
 * The lock only prevents duplicate work. What keeps a reader from getting a message twice is the
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
    // A lock that cannot be released expires with its lease.
    await locks.release(name, holder).catch(() => undefined);
  }
}

/** Renews the lock regularly. @returns a function that stops, after a renewal in progress */
function renewing(clock: Clock, renew: () => Promise<unknown>): () => Promise<void> {
  let pending: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let cancel: () => void = () => undefined;
  const wait = () => {
    cancel = clock.after(RENEWAL_MS, () => {
      // A renewal may fail during a freeze. The next one then succeeds.
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
