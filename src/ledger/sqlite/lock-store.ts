import type { LockHold, LockStore } from '../lock-store.js';
import type { Database } from './database.js';

const ACQUIRE = `
  insert into lock (name, holder, lease_until) values (?, ?, ?)
  on conflict (name) do update set holder = excluded.holder, lease_until = excluded.lease_until
  where lock.holder = excluded.holder or lock.lease_until <= ?`;

const HOLD = 'select holder, lease_until as leaseUntil from lock where name = ?';

const RELEASE = 'delete from lock where name = ? and holder = ?';

/** The locks in a ledger file. */
export class SqliteLockStore implements LockStore {
  constructor(private readonly database: Database) {}

  async acquire(name: string, holder: string, now: number, leaseUntil: number): Promise<LockHold> {
    return this.database.transaction(() => {
      this.database.run(ACQUIRE, name, holder, leaseUntil, now);
      return this.database.all<LockHold>(HOLD, name)[0] ?? { holder, leaseUntil };
    });
  }

  async release(name: string, holder: string): Promise<void> {
    await this.database.transaction(() => this.database.run(RELEASE, name, holder));
  }
}
