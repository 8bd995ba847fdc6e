-- Set-up links: the IT admin of a customer connects their identity provider without an account. What they enter is a draft beside
-- the connection; it becomes the connection's only when it is switched on.

create table setup_links (
  id text primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  tenant text not null check (tenant ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  connection_id text references connections on delete cascade,
  target_id text not null check (target_id ~ '^[a-z0-9]{8,40}$' and (connection_id is null or connection_id = target_id)),
  uses integer not null check (uses between 1 and 1000),
  used integer not null default 0 check (used between 0 and uses),
  draft jsonb not null default '{}' check (jsonb_typeof(draft) = 'object' and draft::text !~ 'PRIVATE KEY'),
  passed_settings bytea check (length(passed_settings) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table setup_links is 'Links with which one connection of one tenant can be set up; revoked is deleted';
comment on column setup_links.token_hash is 'SHA-256 of the token, which is random and shown once';
comment on column setup_links.connection_id is 'The connection that it changes; null until there is one';
comment on column setup_links.target_id is 'The id that the connection has, or will have: our addresses are stated before it is there';
comment on column setup_links.used is 'How many browsers have opened it';
comment on column setup_links.passed_settings is 'SHA-256 of the settings with which a test sign-in passed last';
create index setup_links_connection on setup_links (connection_id);
create index setup_links_target on setup_links (target_id);
create index setup_links_expires_at on setup_links (expires_at);

create table setup_sessions (
  id text primary key,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  link_id text not null references setup_links on delete cascade,
  sealed_test bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table setup_sessions is 'Browsers in which a set-up link was opened';
comment on column setup_sessions.secret_hash is 'SHA-256 of the set-up cookie';
comment on column setup_sessions.sealed_test is 'What the last test sign-in of this browser showed: AES-256-GCM under ENCRYPTION_KEY';
create index setup_sessions_link on setup_sessions (link_id);
create index setup_sessions_expires_at on setup_sessions (expires_at);

create table setup_tests (
  relay_state_hash bytea primary key check (length(relay_state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  request_id text not null unique,
  session_id text not null references setup_sessions on delete cascade,
  settings_hash bytea not null check (length(settings_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table setup_tests is 'Test sign-ins under way: judged as any other, without session and token; deleted by the response';
comment on column setup_tests.settings_hash is 'SHA-256 of the settings with which it began';
create index setup_tests_session on setup_tests (session_id);
create index setup_tests_expires_at on setup_tests (expires_at);
