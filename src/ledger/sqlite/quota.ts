import type { Quota } from '../quota.js';
import type { Database } from './database.js';

const EXPIRE = 'delete from quota where resets_at <= ?';

const TAKE = `
  insert into quota (key, count, resets_at) values (?, 1, ?)
  on conflict (key) do update set count = count + 1
  returning count, resets_at as resetsAt`;

export function take(database: Database, key: string, now: number, resetsAt: number): Promise<Quota> {
  return database.transaction(() => {
    database.run(EXPIRE, now);
    return database.all<Quota>(TAKE, key, resetsAt)[0] ?? { count: 1, resetsAt };
  });
}
