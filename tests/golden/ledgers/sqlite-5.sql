CREATE TABLE migration (number integer primary key);
CREATE TABLE send (
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
    paused_by text, retries integer not null default 0, withdrawn text not null default '{}',
    unique (issue, channel)
  );
CREATE TABLE delivery (
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
    updated_at integer not null, doubted integer not null default 0,
    primary key (send, sequence)
  ) without rowid;
CREATE TABLE suppression (
    key text primary key,
    reason text not null check (reason in ('unsubscribed', 'bounced', 'complained')),
    source text not null,
    since integer not null
  ) without rowid;
CREATE TABLE worker (
    name text not null,
    send integer not null references send (id) on delete cascade,
    seen_at integer not null,
    primary key (send, name)
  ) without rowid;
CREATE TABLE reader (
    key text primary key,
    address text not null,
    state text not null check (state in ('pending', 'subscribed', 'unsubscribed')),
    fields text not null,
    source text not null,
    since integer not null,
    confirmed_at integer
  ) without rowid;
CREATE TABLE approval (
    issue integer primary key,
    content text not null,
    audience text not null,
    approved_by text not null,
    approved_at integer not null
  ) without rowid;
CREATE TABLE lock (
    name text primary key,
    holder text not null,
    lease_until integer not null
  ) without rowid;
insert into migration (number) values (1);
insert into migration (number) values (2);
insert into migration (number) values (3);
insert into migration (number) values (4);
insert into migration (number) values (5);
insert into send (id, issue, channel, transport, message, digest, listed, eligible, excluded, audience_digest, created_at, paused_by, retries, withdrawn) values (1, 1, 'live', 'ses', '{"issue":1,"from":{"name":"Jane Doe","email":"jane@n.example"},"list":{"id":"weekly.n.example","name":"Weekly"},"unsubscribeUrl":"https://n.example/unsubscribe","subject":["Issue #3"],"text":["Text\n"],"html":["<p>Hello ",{"name":"first_name","context":"html","fallback":"you"},"</p>\n"]}', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 6, 5, '{"bounced":1}', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1700000000000, null, 0, '{}');
insert into send (id, issue, channel, transport, message, digest, listed, eligible, excluded, audience_digest, created_at, paused_by, retries, withdrawn) values (2, 2, 'live', 'ses', '{"issue":2,"from":{"name":"Jane Doe","email":"jane@n.example"},"list":{"id":"weekly.n.example","name":"Weekly"},"unsubscribeUrl":"https://n.example/unsubscribe","subject":["Issue #3"],"text":["Text\n"],"html":["<p>Hello ",{"name":"first_name","context":"html","fallback":"you"},"</p>\n"]}', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 9, 8, '{"bounced":1}', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1700000000000, 'AccountSuspendedException: Suspended.', 1, '{}');
insert into send (id, issue, channel, transport, message, digest, listed, eligible, excluded, audience_digest, created_at, paused_by, retries, withdrawn) values (3, 3, 'rehearsal', 'ses', '{"issue":3,"from":{"name":"Jane Doe","email":"jane@n.example"},"list":{"id":"weekly.n.example","name":"Weekly"},"unsubscribeUrl":"https://n.example/unsubscribe","subject":["Issue #3"],"text":["Text\n"],"html":["<p>Hello ",{"name":"first_name","context":"html","fallback":"you"},"</p>\n"]}', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 1, '{"bounced":1}', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1700000000000, null, 0, '{}');
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (1, 0, 'reader0@example.com', 'Reader0@example.com', 'Reader 0', 'reference0', '{"email":"Reader0@example.com","first_name":"Reader 0","city":"Zürich \"north\""}', 'accepted', 1, 0, 0, null, null, 'm-0', null, null, 1700000002000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (1, 1, 'reader1@example.com', 'Reader1@example.com', 'Reader 1', 'reference1', '{"email":"Reader1@example.com","first_name":"Reader 1","city":"Zürich \"north\""}', 'accepted', 1, 0, 0, null, null, 'm-1', null, null, 1700000002000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (1, 2, 'reader2@example.com', 'Reader2@example.com', 'Reader 2', 'reference2', '{"email":"Reader2@example.com","first_name":"Reader 2","city":"Zürich \"north\""}', 'accepted', 1, 0, 0, null, null, 'm-2', null, null, 1700000002000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (1, 3, 'reader3@example.com', 'Reader3@example.com', 'Reader 3', 'reference3', '{"email":"Reader3@example.com","first_name":"Reader 3","city":"Zürich \"north\""}', 'rejected', 1, 0, 0, null, null, null, '550', 'no such user', 1700000002000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (1, 4, 'reader4@example.com', 'Reader4@example.com', 'Reader 4', 'reference4', '{"email":"Reader4@example.com","first_name":"Reader 4","city":"Zürich \"north\""}', 'unknown', 1, 0, 0, null, null, null, 'ECONNRESET', 'the connection broke', 1700000002000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 0, 'reader0@example.com', 'Reader0@example.com', 'Reader 0', 'reference0', '{"email":"Reader0@example.com","first_name":"Reader 0","city":"Zürich \"north\""}', 'accepted', 1, 0, 0, null, null, 'n-0', null, null, 1700000004000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 1, 'reader1@example.com', 'Reader1@example.com', 'Reader 1', 'reference1', '{"email":"Reader1@example.com","first_name":"Reader 1","city":"Zürich \"north\""}', 'queued', 1, 0, 0, null, null, null, 'ETIMEDOUT', 'no answer', 1700000005000, 1);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 2, 'reader2@example.com', 'Reader2@example.com', 'Reader 2', 'reference2', '{"email":"Reader2@example.com","first_name":"Reader 2","city":"Zürich \"north\""}', 'queued', 1, 1, 1700000009000, null, null, null, '451', 'later', 1700000004000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 3, 'reader3@example.com', 'Reader3@example.com', 'Reader 3', 'reference3', '{"email":"Reader3@example.com","first_name":"Reader 3","city":"Zürich \"north\""}', 'claimed', 1, 0, 0, 'elsewhere:1:a', 1700000185000, null, null, null, 1700000003000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 4, 'reader4@example.com', 'Reader4@example.com', 'Reader 4', 'reference4', '{"email":"Reader4@example.com","first_name":"Reader 4","city":"Zürich \"north\""}', 'queued', 0, 0, 0, null, null, null, null, null, 1700000000000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 5, 'reader5@example.com', 'Reader5@example.com', 'Reader 5', 'reference5', '{"email":"Reader5@example.com","first_name":"Reader 5","city":"Zürich \"north\""}', 'queued', 0, 0, 0, null, null, null, null, null, 1700000000000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 6, 'reader6@example.com', 'Reader6@example.com', 'Reader 6', 'reference6', '{"email":"Reader6@example.com","first_name":"Reader 6","city":"Zürich \"north\""}', 'queued', 0, 0, 0, null, null, null, null, null, 1700000000000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (2, 7, 'reader7@example.com', 'Reader7@example.com', 'Reader 7', 'reference7', '{"email":"Reader7@example.com","first_name":"Reader 7","city":"Zürich \"north\""}', 'queued', 0, 0, 0, null, null, null, null, null, 1700000000000, 0);
insert into delivery (send, sequence, key, address, name, reference, fields, state, attempt, tries, not_before, worker, lease_until, message_id, code, reason, updated_at, doubted) values (3, 0, 'reader0@example.com', 'Reader0@example.com', 'Reader 0', 'reference0', '{"email":"Reader0@example.com","first_name":"Reader 0","city":"Zürich \"north\""}', 'queued', 0, 0, 0, null, null, null, null, null, 1700000000000, 0);
insert into suppression (key, reason, source, since) values ('hash:f121c8ea:f10f7d9113b9dac736e50675d61423d9e81580bd86207e234a66d4b635372e25', 'unsubscribed', 'forget', 1700000008000);
insert into suppression (key, reason, source, since) values ('left@example.com', 'unsubscribed', 'one-click', 1700000006000);
insert into suppression (key, reason, source, since) values ('reader7@example.com', 'bounced', 'import', 1700000006500);
insert into worker (name, send, seen_at) values ('elsewhere:1:a', 2, 1700000005000);
insert into reader (key, address, state, fields, source, since, confirmed_at) values ('new@example.com', 'New@example.com', 'subscribed', '{"first_name":"New","tags":"weekly"}', 'form', 1700000000000, 1700000007000);
insert into approval (issue, content, audience, approved_by, approved_at) values (4, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 'jane', 1700000009000);
insert into lock (name, holder, lease_until) values ('due', 'elsewhere:1:a', 1700000189000);
CREATE INDEX delivery_state on delivery (send, state, sequence);
