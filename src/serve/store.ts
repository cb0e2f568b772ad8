import type { AgreementStore } from '../ledger/agreement.js';
import type { QuotaStore } from '../ledger/quota.js';
import type { ReaderStore } from '../ledger/readers.js';
import type { Clock } from '../platform/clock.js';

/** What the service uses of a ledger. */
export type ServeStore = Pick<
  ReaderStore,
  'suppressed' | 'suppress' | 'unsuppress' | 'reader' | 'saveReader'
> &
  Pick<AgreementStore, 'lock' | 'unlock'> &
  QuotaStore;

/** The ledger could not answer, or could not record something; the same request may succeed later. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

/** How long a request waits for the ledger. Mail programs wait for about ten seconds. */
const WAIT_MS = 5_000;
/** Requests that wait already; more of them would only wait in vain. */
const MOST_PENDING = 200;

/**
 * A ledger that answers within a time or fails with {@link LedgerUnavailable}, whatever keeps it from answering: another
 * process that writes, a full disk or a server that is away. What was asked in vain may still happen later.
 */
export function availableStore(store: ServeStore, clock: Pick<Clock, 'after'>): ServeStore {
  let pending = 0;
  const bounded =
    <A extends unknown[], T>(work: (...values: A) => Promise<T>) =>
    async (...values: A): Promise<T> => {
      if (pending >= MOST_PENDING)
        throw new LedgerUnavailable('too many requests are waiting for the ledger');
      pending += 1;
      const answer = work.apply(store, values).finally(() => {
        pending -= 1;
      });
      return withinTime(answer, clock);
    };
  return {
    suppressed: bounded(store.suppressed),
    suppress: bounded(store.suppress),
    unsuppress: bounded(store.unsuppress),
    reader: bounded(store.reader),
    saveReader: bounded(store.saveReader),
    lock: bounded(store.lock),
    unlock: bounded(store.unlock),
    take: bounded(store.take),
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
