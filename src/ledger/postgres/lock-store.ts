import type { LockHold, LockStore } from '../lock-store.js';
import type { Database } from './database.js';

const ACQUIRE = `
  insert into obn.lock (name, holder, lease_until) values ($1, $2, $3)
  on conflict (name) do update set holder = excluded.holder, lease_until = excluded.lease_until
  where lock.holder = excluded.holder or lock.lease_until <= $4
  returning holder, lease_until as "leaseUntil"`;

const HOLD = 'select holder, lease_until as "leaseUntil" from obn.lock where name = $1';

const RELEASE = 'delete from obn.lock where name = $1 and holder = $2';

type HoldRow = LockHold & Record<string, unknown>;

/** The locks in a PostgreSQL ledger. */
export class PostgresLockStore implements LockStore {
  constructor(private readonly database: Database) {}

  /** A holder that acquires its own lock renews it, so the statement may be repeated. */
  async acquire(name: string, holder: string, now: number, leaseUntil: number): Promise<LockHold> {
    for (;;) {
      const [mine] = await this.database.all<HoldRow>(ACQUIRE, name, holder, leaseUntil, now);
      if (mine) return mine;
      const [other] = await this.database.all<HoldRow>(HOLD, name);
      // The lock may have been released between the two statements.
      if (other) return other;
    }
  }

  async release(name: string, holder: string): Promise<void> {
    await this.database.run(RELEASE, name, holder);
  }
}
