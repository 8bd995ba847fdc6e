-- The code flow: what a client asked for travels with the login; a grant is what came of it.

alter table clients add column jwks jsonb
  check (jwks is null or coalesce(jsonb_typeof(jwks -> 'keys'), '') = 'array' and jwks::text !~ '"(d|p|q|dp|dq|qi|oth|k)":');
alter table clients drop constraint clients_check;
alter table clients add constraint clients_credentials
  check (confidential = (secret_hash is not null or jwks is not null) and (secret_hash is null or jwks is null));
comment on column clients.jwks is 'Public keys of a client that signs its assertions (private_key_jwt) instead of having a secret';

alter table logins add column oauth_request jsonb check (jsonb_typeof(oauth_request) = 'object');
comment on column logins.oauth_request is 'What /authorize was asked, where the login began there';

create table oauth_grants (
  id text primary key,
  sid text not null references sessions (sid) on delete cascade,
  client_id text not null references clients on delete cascade,
  redirect_uri text not null,
  scope text[] not null,
  nonce text,
  code_challenge text check (length(code_challenge) = 43),
  code_hash bytea not null unique check (length(code_hash) = 32),
  code_expires_at timestamptz not null,
  redeemed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table oauth_grants is 'What a client was granted in a session: one code, and the tokens that came of it. Revoked is deleted';
comment on column oauth_grants.code_hash is 'SHA-256 of the code';
comment on column oauth_grants.redeemed_at is 'When the code was redeemed; a second time deletes the grant';
comment on column oauth_grants.expires_at is 'The end of the code, once it is redeemed that of the session';
create index oauth_grants_sid on oauth_grants (sid);
create index oauth_grants_client on oauth_grants (client_id);
create index oauth_grants_expires_at on oauth_grants (expires_at);

create table refresh_tokens (
  token_hash bytea primary key check (length(token_hash) = 32),
  grant_id text not null references oauth_grants on delete cascade,
  created_at timestamptz not null,
  used_at timestamptz
);
comment on table refresh_tokens is 'One family a grant; a token that comes a second time ends the session';
create index refresh_tokens_grant on refresh_tokens (grant_id);

create table client_assertions (
  client_id text not null references clients on delete cascade,
  jti_hash bytea not null check (length(jti_hash) = 32),
  expires_at timestamptz not null,
  primary key (client_id, jti_hash)
);
comment on table client_assertions is 'Assertions with which clients authenticated: each once, on all replicas; kept until none could be accepted again';
create index client_assertions_expires_at on client_assertions (expires_at);
