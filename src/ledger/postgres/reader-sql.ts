export const SUPPRESSED = 'select key, reason from obn.suppression where key = any($1::text[])';

/** Inserts many rows at a time, from a JSON array of objects. */
export const SUPPRESS = `
  insert into obn.suppression (key, reason, source, since)
  select key, reason, source, since
  from json_to_recordset($1::json) as given (key text, reason text, source text, since bigint) order by key
  on conflict (key) do update set reason = excluded.reason, source = excluded.source, since = excluded.since
  where suppression.reason = 'unsubscribed' and excluded.reason <> 'unsubscribed'`;

export const UNSUPPRESS =
  'delete from obn.suppression where key = $1 and since <= $2 and reason = any($3::text[])';

export const REASON = 'select reason from obn.suppression where key = $1';

/** Reads a range of keys, so that forgotten readers are found without reading all others. */
export const SUPPRESSIONS = `
  select key, reason, source, since from obn.suppression where key < $1 and key > $2 order by key limit $3`;

const COLUMNS = 'key, address, state, fields, source, since, confirmed_at as "confirmedAt"';

export const READER = `select ${COLUMNS} from obn.reader where key = $1`;

export const READERS_OF = `select ${COLUMNS} from obn.reader where key = any($1::text[])`;

export const READERS = `
  select ${COLUMNS} from obn.reader where ($1::text is null or state = $1) and key > $2 order by key limit $3`;

export const SAVE_READER = `
  insert into obn.reader (key, address, state, fields, source, since, confirmed_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (key) do update set address = excluded.address, state = excluded.state, fields = excluded.fields,
    source = excluded.source, since = excluded.since, confirmed_at = excluded.confirmed_at`;

// Deliveries have no index by key, which would make freezing slow. Erasing a person reads all of them.

/** Locks the deliveries, so that nobody claims them until the transaction ends. */
export const LOCK_DELIVERIES =
  'select state from obn.delivery where key = $1 order by send, sequence for update';

/** A freeze locks the row of its send until the commit. Nothing else locks it for long. */
export const AWAIT_FREEZES = 'lock table obn.send in share mode';

/** Also erases answers about a message, because they may contain the address. */
export const ERASE_DELIVERIES = `
  update obn.delivery set key = $1, address = '', name = '', reference = '', fields = '{}', message_id = null,
    reason = case when reason is null then null else 'erased' end
  where key = $2`;

export const ERASE_READER = 'delete from obn.reader where key = $1';

export const ERASE_SUPPRESSION = 'delete from obn.suppression where key = $1';

/** Skips rows that others lock, so that nobody waits for a row that is about to be deleted. */
export const EXPIRE_QUOTAS = `
  delete from obn.quota where key in
    (select key from obn.quota where resets_at <= $1 and key <> $2 for update skip locked)`;

export const TAKE_QUOTA = `
  insert into obn.quota (key, count, resets_at) values ($1, 1, $2)
  on conflict (key) do update set
    count = case when quota.resets_at <= $3 then 1 else quota.count + 1 end,
    resets_at = case when quota.resets_at <= $3 then excluded.resets_at else quota.resets_at end
  returning count, resets_at as "resetsAt"`;
