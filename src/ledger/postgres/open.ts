import { type Clock, systemClock } from '../../platform/clock.js';
import type { Ledger } from '../ledger.js';
import type { OpenOptions } from '../open-options.js';
import { readAddress } from './address.js';
import { PostgresApprovalStore } from './approval-store.js';
import { Database } from './database.js';
import { PostgresDeliveryStore } from './delivery-store.js';
import { PostgresLockStore } from './lock-store.js';
import { migrate, requireVersion, versionOf } from './migrate.js';
import { migrations } from './migrations.js';
import { PostgresReaderStore } from './reader-store.js';
import { requireClock } from './session.js';

/**
 * Opens the ledger at a `postgres://` URL, and creates or migrates its tables if allowed.
 * @returns undefined if there is none and none is to be created
 * @throws ObnError if it cannot be reached or used, with a remedy, and never with the password
 */
export async function openPostgres(
  url: string,
  root: string,
  { create, migrate: mayMigrate = create, sameClock = create, notice }: OpenOptions,
  clock: Clock = systemClock,
  steps: readonly string[] = migrations,
): Promise<Ledger | undefined> {
  const address = await readAddress(url, root);
  const database = await Database.open(address, notice ? { clock, notice } : { clock });
  try {
    if (sameClock) requireClock(address.label, await database.repeat(async ({ skewMs }) => skewMs));
    let version = await database.repeat(versionOf);
    if (version === undefined && !create) {
      await database.close();
      return undefined;
    }
    if ((version ?? 0) < steps.length && mayMigrate) {
      await migrate(database, steps);
      version = await database.repeat(versionOf);
    }
    requireVersion(address.label, version ?? 0, steps);
    return {
      deliveries: new PostgresDeliveryStore(database),
      readers: new PostgresReaderStore(database),
      approvals: new PostgresApprovalStore(database),
      locks: new PostgresLockStore(database),
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
