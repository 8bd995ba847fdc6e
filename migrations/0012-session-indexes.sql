-- An assertion may have several AuthnStatements, each with an index by which a logout request may name the session.

alter table sessions add column session_indexes text[];
comment on column sessions.session_indexes is 'Every SessionIndex of the assertion, in its order; null: only session_index is known';
comment on column sessions.session_index is 'The first of session_indexes, for replicas that know no other';
