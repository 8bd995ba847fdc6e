-- Sessions that were ended while a token of theirs may still live: what the revocation feed says, and how replicas hear of it.

create table ended_sessions (
  sid text primary key,
  ended_at timestamptz not null,
  tokens_until timestamptz not null check (tokens_until > ended_at)
);
comment on table ended_sessions is 'Sessions that somebody ended before their time; gone when no token of them can live any more';
comment on column ended_sessions.tokens_until is 'The earlier of the end that the session had and an hour after it was ended: no token lives longer';
create index ended_sessions_ended_at on ended_sessions (ended_at);
create index ended_sessions_tokens_until on ended_sessions (tokens_until);

create index sessions_tenant on sessions (tenant, sid);
create index sessions_client on sessions (client_id);
