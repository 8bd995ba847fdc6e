-- Keys roll: SP keys are published before they are used, and everything that is sealed says under which key.

alter table signing_keys add constraint ends_once check ((signs_until is null) = (published_until is null));
create index signing_keys_published_until on signing_keys (published_until);

alter table sp_keys add column activated_at timestamptz;
update sp_keys set activated_at = created_at;
comment on column sp_keys.activated_at is 'Since when it is used; null: published only. The newest of a purpose signs';
comment on column sp_keys.retired_at is 'Since when our metadata does not state it; what was encrypted for it is still opened';

-- The first nine bytes of a sealed value name its key: what is left under an old one is found without reading the rest.
create index login_attempts_sealed_under on login_attempts (substring(sealed_evidence from 1 for 9))
  where sealed_evidence is not null;
