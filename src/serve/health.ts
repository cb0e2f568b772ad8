import type { LockStore } from '../ledger/lock-store.js';
import type { Clock } from '../platform/clock.js';
import { workerName } from '../platform/process.js';

/** At most one write to the ledger within this time, however many health checks arrive. */
const FRESH_MS = 2_000;

/**
 * Health check that writes a row to the ledger and removes it. A ledger that is only readable may
 * be on a full disk, and then nobody could unsubscribe.
 */
export class Health {
  private last: { readonly at: number; readonly writable: Promise<void> } | undefined;

  constructor(
    private readonly locks: LockStore,
    private readonly clock: Pick<Clock, 'now' | 'steady'>,
  ) {}

  /** @throws LedgerUnavailable when the ledger cannot be written */
  check(): Promise<void> {
    const at = this.clock.steady();
    if (!this.last || at - this.last.at > FRESH_MS) this.last = { at, writable: this.write() };
    return this.last.writable;
  }

  private async write(): Promise<void> {
    const now = this.clock.now();
    // The lease has already expired, so processes never block each other.
    await this.locks.acquire('health', workerName(), now, 0);
    await this.locks.release('health', workerName());
  }
}
