/** The schema, step by step; the number of a step is its place. A step that was released is never changed. */
export const migrations: readonly string[] = [
  // Keys are in the order of their bytes, as SQLite has them. No foreign key leads from a delivery to its send: it would be looked up for every reader who is frozen. Fields are
  // json and not jsonb, which would bring the columns into another order.
  `
  create table obn.send (
    id bigint generated always as identity primary key,
    issue integer not null,
    channel text not null check (channel in ('live', 'rehearsal')),
    transport text not null,
    message json not null,
    digest text not null,
    listed integer not null,
    eligible integer not null,
    excluded json not null,
    withdrawn json not null default '{}',
    audience_digest text not null,
    created_at bigint not null,
    paused_by text,
    retries integer not null default 0,
    unique (issue, channel)
  );
  create table obn.delivery (
    send bigint not null,
    sequence integer not null,
    key text not null,
    address text not null,
    name text not null,
    reference text not null,
    fields json not null,
    state text not null default 'queued' check (state in ('queued', 'claimed', 'accepted', 'rejected', 'unknown')),
    attempt integer not null default 0,
    tries integer not null default 0,
    not_before bigint not null default 0,
    doubted boolean not null default false,
    worker text,
    lease_until bigint,
    ticket bigint,
    message_id text,
    code text,
    reason text,
    updated_at bigint not null,
    primary key (send, sequence)
  ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.05);
  create index delivery_queued on obn.delivery (send, sequence) where state = 'queued';
  create index delivery_claimed on obn.delivery (send, worker) where state = 'claimed';
  create index delivery_failed on obn.delivery (send, sequence) where state in ('rejected', 'unknown');
  create table obn.worker (
    name text not null,
    send bigint not null references obn.send (id) on delete cascade,
    seen_at bigint not null,
    primary key (send, name)
  );
  create table obn.suppression (
    key text collate "C" primary key,
    reason text not null check (reason in ('unsubscribed', 'bounced', 'complained')),
    source text not null,
    since bigint not null
  );
  create table obn.reader (
    key text collate "C" primary key,
    address text not null,
    state text not null check (state in ('pending', 'subscribed', 'unsubscribed')),
    fields json not null,
    source text not null,
    since bigint not null,
    confirmed_at bigint
  );
  create table obn.approval (
    issue integer primary key,
    content text not null,
    audience text not null,
    approved_by text not null,
    approved_at bigint not null
  );
  create table obn.lock (
    name text primary key,
    holder text not null,
    lease_until bigint not null
  );
  `,
  // What must not happen too often, under a hash.
  `
  create table obn.quota (
    key text primary key,
    count integer not null,
    resets_at bigint not null
  );
  create index quota_resets on obn.quota (resets_at);
  `,
  // Which attempts may have been accepted. Before this step they were not recorded, and are attempt 0, of which no
  // answer can come any more. A no that was written over such a doubt leaves the delivery in doubt.
  `
  alter table obn.delivery add column doubts integer[], add column rejected_in_doubt boolean not null default false;
  update obn.delivery set doubts = case when doubted then array[0, attempt] else array[attempt] end
    where state = 'unknown';
  update obn.delivery set doubts = array[0] where doubted and state in ('queued', 'claimed', 'rejected');
  update obn.delivery set state = 'unknown', rejected_in_doubt = true where doubted and state = 'rejected';
  alter table obn.delivery drop column doubted;
  `,
  // The newsletter of a send, without its message, and the counts of one that is finished; null: they are counted. A
  // trigger clears them, because only the row that is changed says whether it had ended. It waits for a process that is storing them.
  `
  alter table obn.send add column list_id text not null default '', add column list_name text not null default '',
    add column counts json;
  update obn.send set list_id = coalesce(message -> 'list' ->> 'id', ''),
    list_name = coalesce(message -> 'list' ->> 'name', '');
  create function obn.clear_counts() returns trigger language plpgsql as $$
  begin
    update obn.send set counts = null where id = old.send;
    return null;
  end $$;
  create trigger delivery_ended after update of state, rejected_in_doubt on obn.delivery for each row
    when (old.state in ('accepted', 'rejected', 'unknown')
      and (old.state, old.rejected_in_doubt) is distinct from (new.state, new.rejected_in_doubt))
    execute function obn.clear_counts();
  `,
];
