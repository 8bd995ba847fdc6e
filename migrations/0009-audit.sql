-- What was done, by whom: a chain of events in which each names the hash of the one before it; and every version of every connection.

create table audit_events (
  seq bigint primary key check (seq > 0),
  at timestamptz(3) not null,
  actor text not null check (actor ~ '^(admin-key|cli|system|(setup-link|person):.+)$'),
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  subject_type text not null,
  subject_id text,
  trust boolean not null,
  before text check (before like '{%}'),
  after text check (after like '{%}'),
  trace_id text,
  previous_hash bytea not null unique check (length(previous_hash) = 32),
  hash bytea not null unique check (length(hash) = 32),
  check (before is not null or after is not null)
);
comment on table audit_events is 'Changes by operators, admins and the system; added to and never changed, which `assay audit verify` finds out';
comment on column audit_events.trust is 'Whether it changes whom we believe or who gets tokens';
comment on column audit_events.before is 'The changed members as they were, canonical JSON (RFC 8785); null: it did not exist';
comment on column audit_events.after is 'The changed members as they are, canonical JSON (RFC 8785); null: it is gone';
comment on column audit_events.hash is 'SHA-256 of the canonical JSON of all other columns';
create index audit_events_subject on audit_events (subject_type, subject_id, seq);
create index audit_events_at on audit_events (at);

create table audit_head (
  id integer primary key check (id = 1),
  seq bigint not null check (seq >= 0),
  hash bytea not null check (length(hash) = 32)
);
comment on table audit_head is 'The last event of the chain: whoever adds one locks this row first, so that the chain never forks';
insert into audit_head (id, seq, hash) values (1, 0, decode(repeat('00', 32), 'hex'));

create table connection_versions (
  connection_id text not null references connections on delete cascade,
  version integer not null check (version > 0),
  at timestamptz not null,
  actor text not null,
  settings jsonb not null check (jsonb_typeof(settings) = 'object'),
  certificates jsonb not null check (jsonb_typeof(certificates) = 'array' and certificates::text not like '%PRIVATE KEY%'),
  primary key (connection_id, version)
);
comment on table connection_versions is 'Connections as they were after each change; gone with the connection';

insert into connection_versions (connection_id, version, at, actor, settings, certificates)
select c.id, c.version, c.updated_at, 'system', to_jsonb(c) - 'id' - 'version' - 'created_at' - 'updated_at',
  (select coalesce(jsonb_agg(to_jsonb(i) - 'connection_id' - 'position' order by i.position), '[]')
    from idp_certificates i where i.connection_id = c.id)
from connections c;
