/** The schema, step by step; the number of a step is its place. A step that was released is never changed. */
export const migrations: readonly string[] = [
  `
  create table send (
    id integer primary key autoincrement,
    issue integer not null,
    channel text not null check (channel in ('live', 'rehearsal')),
    transport text not null,
    message text not null,
    digest text not null,
    listed integer not null,
    eligible integer not null,
    excluded text not null,
    audience_digest text not null,
    created_at integer not null,
    paused_by text,
    seen_at integer not null default 0,
    unique (issue, channel)
  );
  create table delivery (
    send integer not null references send (id) on delete cascade,
    sequence integer not null,
    key text not null,
    address text not null,
    name text not null,
    reference text not null,
    fields text not null,
    state text not null default 'queued' check (state in ('queued', 'claimed', 'accepted', 'rejected', 'unknown')),
    attempt integer not null default 0,
    tries integer not null default 0,
    not_before integer not null default 0,
    worker text,
    lease_until integer,
    message_id text,
    code text,
    reason text,
    updated_at integer not null,
    primary key (send, sequence)
  ) without rowid;
  create unique index delivery_key on delivery (send, key);
  create index delivery_state on delivery (send, state, sequence);
  create table suppression (
    key text primary key,
    reason text not null check (reason in ('unsubscribed', 'bounced', 'complained')),
    source text not null,
    since integer not null
  ) without rowid;
  `,
  // The list is searched for repeated addresses when it is read; an index in random order made freezing a million slow.
  `
  drop index delivery_key;
  alter table send drop column seen_at;
  create table worker (
    name text not null,
    send integer not null references send (id) on delete cascade,
    seen_at integer not null,
    primary key (send, name)
  ) without rowid;
  `,
  // Whether a delivery may have been taken before it was put back into the queue.
  `
  alter table send add column retries integer not null default 0;
  alter table delivery add column doubted integer not null default 0;
  `,
  // Readers who subscribed themselves, and frozen recipients who have since unsubscribed.
  `
  create table reader (
    key text primary key,
    address text not null,
    state text not null check (state in ('pending', 'subscribed', 'unsubscribed')),
    fields text not null,
    source text not null,
    since integer not null,
    confirmed_at integer
  ) without rowid;
  alter table send add column withdrawn text not null default '{}';
  `,
  // What people and runs agree on.
  `
  create table approval (
    issue integer primary key,
    content text not null,
    audience text not null,
    approved_by text not null,
    approved_at integer not null
  ) without rowid;
  create table lock (
    name text primary key,
    holder text not null,
    lease_until integer not null
  ) without rowid;
  `,
  // What must not happen too often, under a hash.
  `
  create table quota (
    key text primary key,
    count integer not null,
    resets_at integer not null
  ) without rowid;
  create index quota_resets on quota (resets_at);
  `,
  // Which attempts may have been accepted, as in ',1,4,'. Before this step they were not recorded, and are attempt 0,
  // of which no answer can come any more. A no that was written over such a doubt leaves the delivery in doubt.
  `
  alter table delivery add column doubts text;
  alter table delivery add column rejected_in_doubt integer not null default 0;
  update delivery set doubts = case when doubted then ',0,' else ',' end || attempt || ',' where state = 'unknown';
  update delivery set doubts = ',0,' where doubted and state in ('queued', 'claimed', 'rejected');
  update delivery set state = 'unknown', rejected_in_doubt = 1 where doubted and state = 'rejected';
  alter table delivery drop column doubted;
  `,
  // The newsletter of a send, without its message, and the counts of one that is finished; null: they are counted.
  `
  alter table send add column list_id text not null default '';
  alter table send add column list_name text not null default '';
  alter table send add column counts text;
  update send set list_id = coalesce(message ->> '$.list.id', ''), list_name = coalesce(message ->> '$.list.name', '');
  `,
];
