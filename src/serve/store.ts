import type { LockStore } from '../ledger/lock-store.js';
import type { ReaderStore } from '../ledger/reader-store.js';
import type { Clock } from '../platform/clock.js';

/** The stores of a ledger that the service uses. */
export interface ServeStore {
  readonly readers: Pick<
    ReaderStore,
    'suppressed' | 'suppress' | 'unsuppress' | 'get' | 'save' | 'takeQuota'
  >;
  readonly locks: LockStore;
}

/** The ledger could not be read or written. The same request may succeed later. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

/** Maximum wait for the ledger. Mail programs time out after about ten seconds. */
const WAIT_MS = 5_000;
/** Maximum number of waiting requests. More would only time out. */
const MOST_PENDING = 200;

/**
 * A ledger whose calls finish in time or fail with {@link LedgerUnavailable}, whether another
 * process is writing, the disk is full or the server is down. A call that failed may still take
 * effect later.
 */
export function availableStore({ readers, locks }: ServeStore, clock: Pick<Clock, 'after'>): ServeStore {
  let pending = 0;
  const bounded =
    <A extends unknown[], T>(work: (...values: A) => Promise<T>) =>
    async (...values: A): Promise<T> => {
      if (pending >= MOST_PENDING)
        throw new LedgerUnavailable('too many requests are waiting for the ledger');
      pending += 1;
      const answer = work(...values).finally(() => {
        pending -= 1;
      });
      return withinTime(answer, clock);
    };
  return {
    readers: {
      suppressed: bounded((...values) => readers.suppressed(...values)),
      suppress: bounded((...values) => readers.suppress(...values)),
      unsuppress: bounded((...values) => readers.unsuppress(...values)),
      get: bounded((...values) => readers.get(...values)),
      save: bounded((...values) => readers.save(...values)),
      takeQuota: bounded((...values) => readers.takeQuota(...values)),
    },
    locks: {
      acquire: bounded((...values) => locks.acquire(...values)),
      release: bounded((...values) => locks.release(...values)),
    },
  };
}

function withinTime<T>(answer: Promise<T>, clock: Pick<Clock, 'after'>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(WAIT_MS, () =>
      reject(new LedgerUnavailable(`the ledger did not answer within ${WAIT_MS / 1000} seconds`)),
    );
    answer
      .then(resolve, (cause: unknown) => {
        const words = cause instanceof Error ? cause.message : String(cause);
        reject(new LedgerUnavailable(words, { cause }));
      })
      .finally(cancel);
  });
}
