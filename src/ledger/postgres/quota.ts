import type { Quota } from '../quota.js';
import type { Database } from './database.js';

/** Rows that others lock are left to them, so that nobody waits for a row that is about to go. */
const EXPIRE = `
  delete from obn.quota where key in
    (select key from obn.quota where resets_at <= $1 and key <> $2 for update skip locked)`;

const TAKE = `
  insert into obn.quota (key, count, resets_at) values ($1, 1, $2)
  on conflict (key) do update set
    count = case when quota.resets_at <= $3 then 1 else quota.count + 1 end,
    resets_at = case when quota.resets_at <= $3 then excluded.resets_at else quota.resets_at end
  returning count, resets_at as "resetsAt"`;

type Row = Quota & Record<string, unknown>;

/** A statement whose answer was lost is repeated, and counts twice at most. */
export async function take(database: Database, key: string, now: number, resetsAt: number): Promise<Quota> {
  await database.run(EXPIRE, now, key);
  const [row] = await database.all<Row>(TAKE, key, resetsAt, now);
  return row ?? { count: 1, resetsAt };
}
