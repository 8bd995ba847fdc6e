-- Webhooks: who wants to hear of what, what waits to be told (written in the transaction of the change), and what was told once.

create table webhooks (
  id text primary key check (id ~ '^[a-z0-9]{8,40}$'),
  version integer not null default 1 check (version > 0),
  name text not null check (length(name) between 1 and 200),
  url text not null check (url ~ '^https?://' and length(url) <= 2048),
  events text[] not null check (cardinality(events) > 0),
  enabled boolean not null,
  sealed_secret bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table webhooks is 'Who wants to hear of what';
comment on column webhooks.sealed_secret is 'What its messages are signed with: AES-256-GCM under ENCRYPTION_KEY';

create table webhook_messages (
  webhook_id text not null references webhooks on delete cascade,
  id text not null check (id ~ '^msg_[A-Za-z0-9_-]{22,64}$'),
  type text not null,
  body text not null check (body like '{%}'),
  created_at timestamptz not null,
  attempts integer not null default 0 check (attempts >= 0),
  next_at timestamptz,
  delivered_at timestamptz,
  dead_at timestamptz,
  forget_at timestamptz,
  last_status integer,
  last_error text,
  primary key (webhook_id, id),
  check (num_nonnulls(next_at, delivered_at, dead_at) = 1),
  check ((next_at is null) = (forget_at is not null))
);
comment on table webhook_messages is 'The outbox: one row a message and receiver; after its end it stays to be looked at for a while';
comment on column webhook_messages.body is 'The bytes that are signed and sent';
comment on column webhook_messages.next_at is 'When it is tried next; while one replica tries it, when another may';
create index webhook_messages_next_at on webhook_messages (webhook_id, next_at) where next_at is not null;
create index webhook_messages_dead_at on webhook_messages (dead_at) where dead_at is not null;
create index webhook_messages_forget_at on webhook_messages (forget_at) where forget_at is not null;
create index webhook_messages_of on webhook_messages (webhook_id, created_at desc, id desc);

create table webhook_notices (
  connection_id text not null references connections on delete cascade,
  type text not null,
  about text not null,
  told_at timestamptz not null,
  primary key (connection_id, type, about)
);
comment on table webhook_notices is 'What was told of a connection and is not told again: certificates that end, a failure that lasts';

-- A failing connection is found by its refusals, the newest first.
create index login_attempts_refused on login_attempts (at desc) where outcome = 'refused' and sealed_evidence is not null;
