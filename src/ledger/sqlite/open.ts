import type { Ledger } from '../ledger.js';
import { SqliteApprovalStore } from './approval-store.js';
import { Database } from './database.js';
import { SqliteDeliveryStore } from './delivery-store.js';
import { SqliteLockStore } from './lock-store.js';
import { SqliteReaderStore } from './reader-store.js';

/**
 * Opens the ledger in a file, or creates it.
 * @param patienceMs how long a change waits for another process that writes; default: five minutes
 */
export async function openSqlite(file: string, patienceMs?: number): Promise<Ledger> {
  const database = await Database.open(file, patienceMs);
  return {
    deliveries: new SqliteDeliveryStore(database),
    readers: new SqliteReaderStore(database),
    approvals: new SqliteApprovalStore(database),
    locks: new SqliteLockStore(database),
    close: async () => database.close(),
  };
}
