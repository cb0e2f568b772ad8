import type { ReaderState } from '../reader-store.js';

export const ANY_SUPPRESSED = 'select 1 from suppression limit 1';

export const SUPPRESSED = 'select key, reason from suppression where key in (select value from json_each(?))';

/** Inserts many rows at a time, from a JSON array of arrays. `where true` tells the parser that `on` does not belong to a join. */
export const SUPPRESS = `
  insert into suppression (key, reason, source, since)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?) where true
  on conflict (key) do update set reason = excluded.reason, source = excluded.source, since = excluded.since
  where suppression.reason = 'unsubscribed' and excluded.reason <> 'unsubscribed'`;

export const UNSUPPRESS = `
  delete from suppression where key = ? and since <= ? and reason in (select value from json_each(?))`;

export const REASON = 'select reason from suppression where key = ?';

/** Reads a range of keys, so that forgotten readers are found without reading all others. */
export const SUPPRESSIONS = `
  select key, reason, source, since from suppression where key < ? and key > ? order by key limit ?`;

export interface ReaderRow {
  readonly key: string;
  readonly address: string;
  readonly state: ReaderState;
  readonly fields: string;
  readonly source: string;
  readonly since: number;
  readonly confirmedAt: number | null;
}

const COLUMNS = 'key, address, state, fields, source, since, confirmed_at as confirmedAt';

export const READER = `select ${COLUMNS} from reader where key = ?`;

export const ANY_READER = 'select 1 from reader limit 1';

export const READERS_OF = `select ${COLUMNS} from reader where key in (select value from json_each(?))`;

export const READERS = `
  select ${COLUMNS} from reader where (? is null or state = ?) and key > ? order by key limit ?`;

export const SAVE_READER = `
  insert into reader (key, address, state, fields, source, since, confirmed_at) values (?, ?, ?, ?, ?, ?, ?)
  on conflict (key) do update set address = excluded.address, state = excluded.state, fields = excluded.fields,
    source = excluded.source, since = excluded.since, confirmed_at = excluded.confirmed_at`;

// Deliveries have no index by key, which would make freezing slow. Erasing a person reads all of them.

export const CLAIMED = `select 1 from delivery where key = ? and state = 'claimed' limit 1`;

/** Also erases answers about a message, because they may contain the address. */
export const ERASE_DELIVERIES = `
  update delivery set key = ?, address = '', name = '', reference = '', fields = '{}', message_id = null,
    reason = case when reason is null then null else 'erased' end
  where key = ?`;

export const ERASE_READER = 'delete from reader where key = ?';

export const ERASE_SUPPRESSION = 'delete from suppression where key = ?';

export const EXPIRE_QUOTAS = 'delete from quota where resets_at <= ?';

export const TAKE_QUOTA = `
  insert into quota (key, count, resets_at) values (?, 1, ?)
  on conflict (key) do update set count = count + 1
  returning count, resets_at as resetsAt`;
