-- What a refused login leaves behind is bounded, by login and by connection and hour. A login knows which session its browser had.

alter table logins
  add column refusals integer not null default 0 check (refusals >= 0),
  add column evidence_at integer;
comment on column logins.refusals is 'How many of its responses were refused and recorded: beyond a number none is';
comment on column logins.evidence_at is 'Which of them was kept for another judgement: one of a login at most';

alter table login_attempts add column evidence_missing text
  check (evidence_missing in ('no_login', 'not_read', 'login_had_one', 'login_over', 'hourly_limit'));
comment on column login_attempts.evidence_missing is 'Why the message of a refused attempt was not kept';
create index login_attempts_evidence on login_attempts (connection_id, at) where sealed_evidence is not null;

alter table logins add column session_hash bytea check (length(session_hash) = 32);
comment on column logins.session_hash is 'SHA-256 of the session cookie that the browser had when the login began: whoever signs in again leaves that session';

-- What is purged by the time of its retirement.
create index sp_keys_retired_at on sp_keys (retired_at) where retired_at is not null;
