import type { Approval, LockHold } from '../agreement.js';
import type { Database } from './database.js';

const APPROVE = `
  insert into obn.approval (issue, content, audience, approved_by, approved_at) values ($1, $2, $3, $4, $5)
  on conflict (issue) do update set content = excluded.content, audience = excluded.audience,
    approved_by = excluded.approved_by, approved_at = excluded.approved_at`;

const APPROVAL = `
  select issue, content, audience, approved_by as "by", approved_at as "at" from obn.approval where issue = $1`;

const DISAPPROVE = 'delete from obn.approval where issue = $1';

const LOCK = `
  insert into obn.lock (name, holder, lease_until) values ($1, $2, $3)
  on conflict (name) do update set holder = excluded.holder, lease_until = excluded.lease_until
  where lock.holder = excluded.holder or lock.lease_until <= $4
  returning holder, lease_until as "leaseUntil"`;

const HOLD = 'select holder, lease_until as "leaseUntil" from obn.lock where name = $1';

const UNLOCK = 'delete from obn.lock where name = $1 and holder = $2';

type Row<T> = T & Record<string, unknown>;

export async function approve(database: Database, approval: Approval): Promise<void> {
  const { issue, content, audience, by, at } = approval;
  await database.run(APPROVE, issue, content, audience, by, at);
}

export async function approvalOf(database: Database, issue: number): Promise<Approval | undefined> {
  return (await database.all<Row<Approval>>(APPROVAL, issue))[0];
}

export async function disapprove(database: Database, issue: number): Promise<boolean> {
  return (await database.transaction((session) => session.run(DISAPPROVE, issue))) > 0;
}

/** Who asks again for what they hold renews it, so that the question may be repeated. */
export async function lock(
  database: Database,
  name: string,
  { holder, leaseUntil }: LockHold,
  now: number,
): Promise<LockHold> {
  for (;;) {
    const [mine] = await database.all<Row<LockHold>>(LOCK, name, holder, leaseUntil, now);
    if (mine) return mine;
    const [other] = await database.all<Row<LockHold>>(HOLD, name);
    // It may have been given back between the two questions.
    if (other) return other;
  }
}

export async function unlock(database: Database, name: string, holder: string): Promise<void> {
  await database.run(UNLOCK, name, holder);
}
