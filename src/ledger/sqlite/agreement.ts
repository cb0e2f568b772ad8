import type { Approval, LockHold } from '../agreement.js';
import type { Database } from './database.js';

const APPROVE = `
  insert into approval (issue, content, audience, approved_by, approved_at) values (?, ?, ?, ?, ?)
  on conflict (issue) do update set content = excluded.content, audience = excluded.audience,
    approved_by = excluded.approved_by, approved_at = excluded.approved_at`;

const APPROVAL = `
  select issue, content, audience, approved_by as "by", approved_at as "at" from approval where issue = ?`;

const DISAPPROVE = 'delete from approval where issue = ?';

const LOCK = `
  insert into lock (name, holder, lease_until) values (?, ?, ?)
  on conflict (name) do update set holder = excluded.holder, lease_until = excluded.lease_until
  where lock.holder = excluded.holder or lock.lease_until <= ?`;

const HOLD = 'select holder, lease_until as leaseUntil from lock where name = ?';

const UNLOCK = 'delete from lock where name = ? and holder = ?';

export async function approve(database: Database, approval: Approval): Promise<void> {
  const { issue, content, audience, by, at } = approval;
  await database.transaction(() => database.run(APPROVE, issue, content, audience, by, at));
}

export function approvalOf(database: Database, issue: number): Approval | undefined {
  return database.all<Approval>(APPROVAL, issue)[0];
}

export async function disapprove(database: Database, issue: number): Promise<boolean> {
  return database.transaction(() => database.run(DISAPPROVE, issue) > 0);
}

export async function lock(
  database: Database,
  name: string,
  { holder, leaseUntil }: LockHold,
  now: number,
): Promise<LockHold> {
  return database.transaction(() => {
    database.run(LOCK, name, holder, leaseUntil, now);
    return database.all<LockHold>(HOLD, name)[0] ?? { holder, leaseUntil };
  });
}

export async function unlock(database: Database, name: string, holder: string): Promise<void> {
  await database.transaction(() => database.run(UNLOCK, name, holder));
}
