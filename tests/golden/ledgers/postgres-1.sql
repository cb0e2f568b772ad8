create schema obn;
create table obn.migration (number integer primary key, at timestamptz not null default now());
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
insert into obn.migration (number, at) values (1, '2026-11-29T08:53:44.549Z');
insert into obn.send (id, issue, channel, transport, message, digest, listed, eligible, excluded, withdrawn, audience_digest, created_at, paused_by, retries) overriding system value values ('1', 1, 'live', 'ses', '{"issue":1,"from":{"name":"Jane Doe","email":"jane@n.example"},"list":{"id":"weekly.n.example","name":"Weekly"},"unsubscribeUrl":"https://n.example/unsubscribe","subject":["Issue #3"],"text":["Text\n"],"html":["<p>Hello ",{"name":"first_name","context":"html","fallback":"you"},"</p>\n"]}', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 6, 5, '{"bounced":1}', '{}', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '1700000000000', null, 0);
insert into obn.send (id, issue, channel, transport, message, digest, listed, eligible, excluded, withdrawn, audience_digest, created_at, paused_by, retries) overriding system value values ('2', 2, 'live', 'ses', '{"issue":2,"from":{"name":"Jane Doe","email":"jane@n.example"},"list":{"id":"weekly.n.example","name":"Weekly"},"unsubscribeUrl":"https://n.example/unsubscribe","subject":["Issue #3"],"text":["Text\n"],"html":["<p>Hello ",{"name":"first_name","context":"html","fallback":"you"},"</p>\n"]}', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 9, 8, '{"bounced":1}', '{}', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '1700000000000', 'AccountSuspendedException: Suspended.', 1);
insert into obn.send (id, issue, channel, transport, message, digest, listed, eligible, excluded, withdrawn, audience_digest, created_at, paused_by, retries) overriding system value values ('3', 3, 'rehearsal', 'ses', '{"issue":3,"from":{"name":"Jane Doe","email":"jane@n.example"},"list":{"id":"weekly.n.example","name":"Weekly"},"unsubscribeUrl":"https://n.example/unsubscribe","subject":["Issue #3"],"text":["Text\n"],"html":["<p>Hello ",{"name":"first_name","context":"html","fallback":"you"},"</p>\n"]}', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 1, '{"bounced":1}', '{}', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '1700000000000', null, 0);
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('1', 0, 'reader0@example.com', 'Reader0@example.com', 'Reader 0', 'reference0', '{"email":"Reader0@example.com","first_name":"Reader 0","city":"Zürich \"north\""}', 'accepted', 1, 0, '0', false, null, null, null, 'm-0', null, null, '1700000002000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('1', 1, 'reader1@example.com', 'Reader1@example.com', 'Reader 1', 'reference1', '{"email":"Reader1@example.com","first_name":"Reader 1","city":"Zürich \"north\""}', 'accepted', 1, 0, '0', false, null, null, null, 'm-1', null, null, '1700000002000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('1', 2, 'reader2@example.com', 'Reader2@example.com', 'Reader 2', 'reference2', '{"email":"Reader2@example.com","first_name":"Reader 2","city":"Zürich \"north\""}', 'accepted', 1, 0, '0', false, null, null, null, 'm-2', null, null, '1700000002000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('1', 3, 'reader3@example.com', 'Reader3@example.com', 'Reader 3', 'reference3', '{"email":"Reader3@example.com","first_name":"Reader 3","city":"Zürich \"north\""}', 'rejected', 1, 0, '0', false, null, null, null, null, '550', 'no such user', '1700000002000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('1', 4, 'reader4@example.com', 'Reader4@example.com', 'Reader 4', 'reference4', '{"email":"Reader4@example.com","first_name":"Reader 4","city":"Zürich \"north\""}', 'unknown', 1, 0, '0', false, null, null, null, null, 'ECONNRESET', 'the connection broke', '1700000002000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 4, 'reader4@example.com', 'Reader4@example.com', 'Reader 4', 'reference4', '{"email":"Reader4@example.com","first_name":"Reader 4","city":"Zürich \"north\""}', 'queued', 0, 0, '0', false, null, null, null, null, null, null, '1700000000000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 5, 'reader5@example.com', 'Reader5@example.com', 'Reader 5', 'reference5', '{"email":"Reader5@example.com","first_name":"Reader 5","city":"Zürich \"north\""}', 'queued', 0, 0, '0', false, null, null, null, null, null, null, '1700000000000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 6, 'reader6@example.com', 'Reader6@example.com', 'Reader 6', 'reference6', '{"email":"Reader6@example.com","first_name":"Reader 6","city":"Zürich \"north\""}', 'queued', 0, 0, '0', false, null, null, null, null, null, null, '1700000000000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 7, 'reader7@example.com', 'Reader7@example.com', 'Reader 7', 'reference7', '{"email":"Reader7@example.com","first_name":"Reader 7","city":"Zürich \"north\""}', 'queued', 0, 0, '0', false, null, null, null, null, null, null, '1700000000000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 3, 'reader3@example.com', 'Reader3@example.com', 'Reader 3', 'reference3', '{"email":"Reader3@example.com","first_name":"Reader 3","city":"Zürich \"north\""}', 'claimed', 1, 0, '0', false, 'elsewhere:1:a', '1700000183000', '8870498245315', null, null, null, '1700000003000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 0, 'reader0@example.com', 'Reader0@example.com', 'Reader 0', 'reference0', '{"email":"Reader0@example.com","first_name":"Reader 0","city":"Zürich \"north\""}', 'accepted', 1, 0, '0', false, null, null, null, 'n-0', null, null, '1700000004000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 2, 'reader2@example.com', 'Reader2@example.com', 'Reader 2', 'reference2', '{"email":"Reader2@example.com","first_name":"Reader 2","city":"Zürich \"north\""}', 'queued', 1, 1, '1700000009000', false, null, null, null, null, '451', 'later', '1700000004000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('2', 1, 'reader1@example.com', 'Reader1@example.com', 'Reader 1', 'reference1', '{"email":"Reader1@example.com","first_name":"Reader 1","city":"Zürich \"north\""}', 'queued', 1, 0, '0', true, null, null, null, null, 'ETIMEDOUT', 'no answer', '1700000005000');
insert into obn.delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, doubted, worker, lease_until, ticket, message_id, code, reason, updated_at) values ('3', 0, 'reader0@example.com', 'Reader0@example.com', 'Reader 0', 'reference0', '{"email":"Reader0@example.com","first_name":"Reader 0","city":"Zürich \"north\""}', 'queued', 0, 0, '0', false, null, null, null, null, null, null, '1700000000000');
insert into obn.worker (name, send, seen_at) values ('elsewhere:1:a', '2', '1700000005000');
insert into obn.suppression (key, reason, source, since) values ('left@example.com', 'unsubscribed', 'one-click', '1700000006000');
insert into obn.suppression (key, reason, source, since) values ('reader7@example.com', 'bounced', 'import', '1700000006500');
insert into obn.suppression (key, reason, source, since) values ('hash:f121c8ea:f10f7d9113b9dac736e50675d61423d9e81580bd86207e234a66d4b635372e25', 'unsubscribed', 'forget', '1700000008000');
insert into obn.reader (key, address, state, fields, source, since, confirmed_at) values ('new@example.com', 'New@example.com', 'subscribed', '{"first_name":"New","tags":"weekly"}', 'form', '1700000000000', '1700000007000');
insert into obn.approval (issue, content, audience, approved_by, approved_at) values (4, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 'jane', '1700000009000');
insert into obn.lock (name, holder, lease_until) values ('due', 'elsewhere:1:a', '1700000189000');
select setval(pg_get_serial_sequence('obn.send', 'id'), 3);
