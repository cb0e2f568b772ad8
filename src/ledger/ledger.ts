import type { ApprovalStore } from './approval-store.js';
import type { DeliveryStore } from './delivery-store.js';
import type { LockStore } from './lock-store.js';
import type { ReaderStore } from './reader-store.js';

/**
 * The stores of one database, opened together. Every change is durable when its promise resolves. Times are
 * milliseconds since 1970, and the caller passes them in.
 */
export interface Ledger {
  readonly deliveries: DeliveryStore;
  readonly readers: ReaderStore;
  readonly approvals: ApprovalStore;
  readonly locks: LockStore;
  close(): Promise<void>;
}
