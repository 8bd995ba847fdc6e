-- The house: whom we trust, who gets tokens, logins under way, who is in. Ids are made by the service; secrets are stored as
-- SHA-256 of random values or sealed under ENCRYPTION_KEY; every time is timestamptz.

create table connections (
  id text primary key check (id ~ '^[a-z0-9]{8,40}$'),
  version integer not null default 1 check (version > 0),
  tenant text not null check (tenant ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  name text not null check (length(name) between 1 and 200),
  provider text not null,
  issuer text not null check (length(issuer) between 1 and 1024),
  sign_on_url text not null check (sign_on_url ~ '^https?://'),
  logout_url text check (logout_url ~ '^https?://'),
  metadata_url text check (metadata_url ~ '^https?://'),
  domains text[] not null default '{}',
  enabled boolean not null default true,
  default_return_to text check (default_return_to ~ '^https?://'),
  request_binding text not null check (request_binding in ('redirect', 'post')),
  sign_requests boolean not null,
  nameid_format text,
  force_authn boolean not null,
  requested_authn_context text[] not null default '{}',
  require_signed text not null check (require_signed in ('any', 'assertion', 'response', 'both')),
  require_encrypted boolean not null,
  allow_idp_initiated boolean not null,
  clock_skew integer not null check (clock_skew between 0 and 300),
  allow_sha1_until date,
  allow_cbc_unsigned boolean not null,
  sp_entity_id text check (length(sp_entity_id) between 1 and 1024),
  acs_aliases text[] not null default '{}',
  subject text check (length(subject) between 1 and 1024),
  attributes jsonb not null check (jsonb_typeof(attributes) = 'object'),
  roles jsonb not null check (jsonb_typeof(roles) = 'array'),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table connections is 'One identity provider of one tenant, and in what words it describes people';
comment on column connections.version is 'Grows by one with every change; its ETag';
comment on column connections.domains is 'E-mail domains, lower case, whose people sign in here';
comment on column connections.sp_entity_id is 'Overrides the entity ID that we state, for connections that moved in from elsewhere';
comment on column connections.acs_aliases is 'Further ACS URLs under which responses to this connection are still accepted';
comment on column connections.attributes is 'Claim name to the attribute names it is taken from, the first that is present wins';
create index connections_tenant on connections (tenant, id);
create index connections_domains on connections using gin (domains);

create table idp_certificates (
  connection_id text not null references connections on delete cascade,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  pem text not null check (pem like '-----BEGIN CERTIFICATE-----%' and pem not like '%PRIVATE KEY%'),
  subject text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  position integer not null check (position >= 0),
  primary key (connection_id, sha256)
);
comment on table idp_certificates is 'The certificates with which an identity provider may sign; none else is ever tried';

create table clients (
  client_id text primary key check (client_id ~ '^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$'),
  version integer not null default 1 check (version > 0),
  name text not null check (length(name) between 1 and 200),
  audience text not null check (length(audience) between 1 and 1024),
  redirect_uris text[] not null default '{}',
  origins text[] not null default '{}',
  post_logout_redirect_uris text[] not null default '{}',
  token_ttl integer check (token_ttl between 30 and 3600),
  confidential boolean not null,
  secret_hash bytea check (length(secret_hash) = 32),
  connections text[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (confidential = (secret_hash is not null))
);
comment on table clients is 'Who gets tokens: audiences, return addresses, OAuth clients';
comment on column clients.secret_hash is 'SHA-256 of the client secret, which is random and shown once';
comment on column clients.connections is 'Connections whose people it accepts; empty: all';

create table logins (
  relay_state_hash bytea primary key check (length(relay_state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  request_id text not null unique,
  connection_id text not null references connections on delete cascade,
  connection_version integer not null,
  client_id text not null references clients on delete cascade,
  return_to text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table logins is 'Logins under way; deleted by the response that finishes them';
comment on column logins.relay_state_hash is 'SHA-256 of the RelayState that the browser brings back';
comment on column logins.browser_hash is 'SHA-256 of the login cookie of the browser in which the login began';
create index logins_expires_at on logins (expires_at);

create table consumed_assertions (
  connection_id text not null references connections on delete cascade,
  assertion_hash bytea not null check (length(assertion_hash) = 32),
  expires_at timestamptz not null,
  constraint assertion_once primary key (connection_id, assertion_hash)
);
comment on table consumed_assertions is 'Assertions that were taken: each once, on all replicas; kept until none could be accepted again';
create index consumed_assertions_expires_at on consumed_assertions (expires_at);

create table people (
  sub text primary key,
  connection_id text not null references connections on delete cascade,
  subject_hash bytea not null check (length(subject_hash) = 32),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  unique (connection_id, subject_hash)
);
comment on table people is 'The stable sub of each person at each connection';
comment on column people.subject_hash is 'SHA-256 of the unambiguous encoding of the NameID or subject attribute';

create table sessions (
  secret_hash bytea primary key check (length(secret_hash) = 32),
  sid text not null unique,
  sub text not null references people on delete cascade,
  connection_id text not null references connections on delete cascade,
  tenant text not null,
  client_id text not null references clients on delete cascade,
  claims jsonb not null check (jsonb_typeof(claims) = 'object'),
  name_id jsonb,
  session_index text,
  auth_time timestamptz not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table sessions is 'Who is in; a session that ends is deleted';
comment on column sessions.secret_hash is 'SHA-256 of the session cookie';
comment on column sessions.expires_at is 'The earlier of SESSION_TTL and what SessionNotOnOrAfter allows';
comment on column sessions.name_id is 'The NameID with its qualifiers, for single logout';
create index sessions_expires_at on sessions (expires_at);
create index sessions_sub on sessions (sub);
create index sessions_connection on sessions (connection_id);

create table login_attempts (
  trace_id text primary key,
  at timestamptz not null,
  connection_id text references connections on delete cascade,
  outcome text not null check (outcome in ('accepted', 'refused')),
  code text,
  checks jsonb not null check (jsonb_typeof(checks) = 'array'),
  sub text,
  sealed_evidence bytea,
  check ((outcome = 'refused') = (code is not null))
);
comment on table login_attempts is 'Every response that came to an ACS, with every check and its verdict';
comment on column login_attempts.sealed_evidence is 'What was refused, to judge it again: AES-256-GCM under ENCRYPTION_KEY; kept only where the login was known';
create index login_attempts_at on login_attempts (at desc, trace_id);
create index login_attempts_connection on login_attempts (connection_id, at desc);

create table signing_keys (
  kid text primary key,
  alg text not null check (alg in ('ES256', 'RS256', 'EdDSA')),
  public_jwk jsonb not null check (jsonb_typeof(public_jwk) = 'object' and not public_jwk ?| array['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']),
  sealed_private_jwk bytea not null,
  created_at timestamptz not null,
  signs_from timestamptz not null,
  signs_until timestamptz,
  published_until timestamptz
);
comment on table signing_keys is 'Keys that sign JWTs: published before they sign, until their last token has expired';
comment on column signing_keys.sealed_private_jwk is 'AES-256-GCM under ENCRYPTION_KEY';

create table sp_keys (
  id text primary key,
  purpose text not null check (purpose in ('signing', 'encryption')),
  connection_id text references connections on delete cascade,
  certificate text not null check (certificate like '-----BEGIN CERTIFICATE-----%'),
  sealed_private_key bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
comment on table sp_keys is 'Our SAML keys; with a connection_id only for that connection, otherwise for all';

create table secrets (
  name text primary key,
  hash bytea not null check (length(hash) = 32),
  created_at timestamptz not null
);
comment on table secrets is 'Hashes of secrets that are shown once: the admin key';
