import type { LockStore } from '../ledger/lock-store.js';
import type { Clock } from '../platform/clock.js';
import { workerName } from '../platform/process.js';

/** However often somebody asks, the ledger is written to once within this time. */
const FRESH_MS = 2_000;

/**
 * Says whether the ledger can record something, by writing a row and removing it. A ledger that only answers may be on a
 * full disk, and then nobody can unsubscribe.
 */
export class Health {
  private last: { readonly at: number; readonly writable: Promise<void> } | undefined;

  constructor(
    private readonly locks: LockStore,
    private readonly clock: Pick<Clock, 'now' | 'steady'>,
  ) {}

  /** @throws LedgerUnavailable when nothing can be recorded */
  check(): Promise<void> {
    const at = this.clock.steady();
    if (!this.last || at - this.last.at > FRESH_MS) this.last = { at, writable: this.write() };
    return this.last.writable;
  }

  private async write(): Promise<void> {
    const now = this.clock.now();
    // A lease that has run out already, so that several processes never keep each other from writing.
    await this.locks.acquire('health', workerName(), now, 0);
    await this.locks.release('health', workerName());
  }
}
