-- Metadata that is fetched on schedule, certificates that come and go, and signers that nobody has approved yet.

alter table idp_certificates add column source text not null default 'given' check (source in ('given', 'metadata', 'approved'));
comment on column idp_certificates.source is 'Who vouches: an operator who gave it, fetched metadata that states it, an operator who approved an unknown signer';
create index idp_certificates_not_after on idp_certificates (not_after);

create table retired_certificates (
  connection_id text not null references connections on delete cascade,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  subject text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  source text not null check (source in ('given', 'metadata', 'approved')),
  retired_at timestamptz not null,
  primary key (connection_id, sha256)
);
comment on table retired_certificates is 'Certificates that were trusted: to show them; none is ever tried';
create index retired_certificates_retired_at on retired_certificates (retired_at);

create table connection_metadata (
  connection_id text primary key references connections on delete cascade,
  url text not null check (url ~ '^https?://'),
  fetched_at timestamptz not null,
  tried_at timestamptz not null check (tried_at >= fetched_at),
  next_at timestamptz not null,
  error text,
  failures integer not null default 0 check (failures >= 0),
  etag text,
  last_modified text,
  valid_until timestamptz,
  cache_seconds integer check (cache_seconds > 0),
  stated jsonb not null check (jsonb_typeof(stated) = 'object'),
  check ((failures = 0) = (error is null))
);
comment on table connection_metadata is 'The last good copy of what each metadata_url states, and when it is fetched again';
comment on column connection_metadata.next_at is 'Whoever takes it moves this ahead, so that no two replicas fetch at once';
comment on column connection_metadata.stated is 'The addresses that were stated: only what the next copy states otherwise is changed';
create index connection_metadata_next_at on connection_metadata (next_at);

create table certificate_warnings (
  connection_id text not null references connections on delete cascade,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  days integer not null check (days in (60, 30, 7)),
  at timestamptz not null,
  constraint warned_once primary key (connection_id, sha256, days)
);
comment on table certificate_warnings is 'That a certificate is about to expire, said once for each number of days left';

create table unknown_signers (
  connection_id text not null references connections on delete cascade,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  pem text not null check (pem like '-----BEGIN CERTIFICATE-----%' and pem not like '%PRIVATE KEY%'),
  subject text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  refused integer not null default 1 check (refused > 0),
  people bytea[] not null check (cardinality(people) between 1 and 100),
  primary key (connection_id, sha256)
);
comment on table unknown_signers is 'Certificates of responses that were right in everything but their key: evidence for an operator, never trusted';
comment on column unknown_signers.people is 'As people.subject_hash: whom the responses named, the first hundred';
create index unknown_signers_last_seen_at on unknown_signers (last_seen_at);
