-- Who must sign in through a connection, and who may go on without.

alter table connections
  add column sso_required boolean not null default false,
  add column sso_exempt text[] not null default '{}',
  add constraint connections_way_out check (not sso_required or (cardinality(domains) > 0 and cardinality(sso_exempt) > 0));
comment on column connections.sso_required is 'People of its domains are to sign in here and in no other way';
comment on column connections.sso_exempt is 'E-mail addresses, lower case, of those who may always sign in otherwise';
