-- Who is signed in to the admin pages by the admin key, and the health of connections at a glance.

create table admin_sessions (
  secret_hash bytea primary key check (length(secret_hash) = 32),
  key_mark bytea not null check (length(key_mark) = 32),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table admin_sessions is 'Browsers that gave the admin key at /admin';
comment on column admin_sessions.secret_hash is 'SHA-256 of the cookie';
comment on column admin_sessions.key_mark is 'Made of the admin key that was given: another key, and the session is over';
create index admin_sessions_expires_at on admin_sessions (expires_at);

-- How connections fare is counted without reading what was checked.
create index login_attempts_health on login_attempts (at, connection_id, outcome);
create index login_attempts_outcome on login_attempts (connection_id, outcome, at desc);
