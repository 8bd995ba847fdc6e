-- Single logout: where and how messages go, the logouts under way, the requests that were taken.

alter table connections
  add column logout_response_url text check (logout_response_url ~ '^https?://'),
  add column logout_binding text not null default 'redirect' check (logout_binding in ('redirect', 'post'));
comment on column connections.logout_response_url is 'Where LogoutResponses go, if not to logout_url (ResponseLocation)';
comment on column connections.logout_binding is 'The binding that is served at logout_url';

create table logouts (
  request_id text primary key,
  browser_hash bytea not null check (length(browser_hash) = 32),
  connection_id text not null references connections on delete cascade,
  return_to text,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table logouts is 'Logouts that began here and are under way at an identity provider; deleted by the response that ends them';
comment on column logouts.browser_hash is 'SHA-256 of the login cookie of the browser in which the logout began';
create index logouts_browser on logouts (browser_hash);
create index logouts_expires_at on logouts (expires_at);

create table consumed_logout_requests (
  connection_id text not null references connections on delete cascade,
  request_hash bytea not null check (length(request_hash) = 32),
  expires_at timestamptz not null,
  constraint logout_request_once primary key (connection_id, request_hash)
);
comment on table consumed_logout_requests is 'Logout requests that were taken: each once, on all replicas; kept until none could be accepted again';
create index consumed_logout_requests_expires_at on consumed_logout_requests (expires_at);

-- Names have no bound, what an index holds has one.
create index sessions_name on sessions (connection_id, left(name_id ->> 'value', 200));
