/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/db/schema.test.ts > TAP > the schema at head is the one that was agreed on > must match snapshot 1`] = `
admin_sessions.secret_hash bytea not null
admin_sessions.key_mark bytea not null
admin_sessions.created_at timestamp with time zone not null
admin_sessions.last_seen_at timestamp with time zone not null
admin_sessions.expires_at timestamp with time zone not null
audit_events.seq bigint not null
audit_events.at timestamp with time zone not null
audit_events.actor text not null
audit_events.action text not null
audit_events.subject_type text not null
audit_events.subject_id text
audit_events.trust boolean not null
audit_events.before text
audit_events.after text
audit_events.trace_id text
audit_events.previous_hash bytea not null
audit_events.hash bytea not null
audit_head.id integer not null
audit_head.seq bigint not null
audit_head.hash bytea not null
certificate_warnings.connection_id text not null
certificate_warnings.sha256 text not null
certificate_warnings.days integer not null
certificate_warnings.at timestamp with time zone not null
client_assertions.client_id text not null
client_assertions.jti_hash bytea not null
client_assertions.expires_at timestamp with time zone not null
clients.client_id text not null
clients.version integer not null default 1
clients.name text not null
clients.audience text not null
clients.redirect_uris ARRAY not null default '{}'::text[]
clients.origins ARRAY not null default '{}'::text[]
clients.post_logout_redirect_uris ARRAY not null default '{}'::text[]
clients.token_ttl integer
clients.confidential boolean not null
clients.secret_hash bytea
clients.connections ARRAY not null default '{}'::text[]
clients.created_at timestamp with time zone not null
clients.updated_at timestamp with time zone not null
clients.jwks jsonb
connection_metadata.connection_id text not null
connection_metadata.url text not null
connection_metadata.fetched_at timestamp with time zone not null
connection_metadata.tried_at timestamp with time zone not null
connection_metadata.next_at timestamp with time zone not null
connection_metadata.error text
connection_metadata.failures integer not null default 0
connection_metadata.etag text
connection_metadata.last_modified text
connection_metadata.valid_until timestamp with time zone
connection_metadata.cache_seconds integer
connection_metadata.stated jsonb not null
connection_versions.connection_id text not null
connection_versions.version integer not null
connection_versions.at timestamp with time zone not null
connection_versions.actor text not null
connection_versions.settings jsonb not null
connection_versions.certificates jsonb not null
connections.id text not null
connections.version integer not null default 1
connections.tenant text not null
connections.name text not null
connections.provider text not null
connections.issuer text not null
connections.sign_on_url text not null
connections.logout_url text
connections.metadata_url text
connections.domains ARRAY not null default '{}'::text[]
connections.enabled boolean not null default true
connections.default_return_to text
connections.request_binding text not null
connections.sign_requests boolean not null
connections.nameid_format text
connections.force_authn boolean not null
connections.requested_authn_context ARRAY not null default '{}'::text[]
connections.require_signed text not null
connections.require_encrypted boolean not null
connections.allow_idp_initiated boolean not null
connections.clock_skew integer not null
connections.allow_sha1_until date
connections.allow_cbc_unsigned boolean not null
connections.sp_entity_id text
connections.acs_aliases ARRAY not null default '{}'::text[]
connections.subject text
connections.attributes jsonb not null
connections.roles jsonb not null
connections.created_at timestamp with time zone not null
connections.updated_at timestamp with time zone not null
connections.on_group_overage text not null default 'continue'::text
connections.tests jsonb not null default '[]'::jsonb
connections.logout_response_url text
connections.logout_binding text not null default 'redirect'::text
connections.sso_required boolean not null default false
connections.sso_exempt ARRAY not null default '{}'::text[]
consumed_assertions.connection_id text not null
consumed_assertions.assertion_hash bytea not null
consumed_assertions.expires_at timestamp with time zone not null
consumed_logout_requests.connection_id text not null
consumed_logout_requests.request_hash bytea not null
consumed_logout_requests.expires_at timestamp with time zone not null
ended_sessions.sid text not null
ended_sessions.ended_at timestamp with time zone not null
ended_sessions.tokens_until timestamp with time zone not null
idp_certificates.connection_id text not null
idp_certificates.sha256 text not null
idp_certificates.pem text not null
idp_certificates.subject text not null
idp_certificates.not_before timestamp with time zone not null
idp_certificates.not_after timestamp with time zone not null
idp_certificates.position integer not null
idp_certificates.source text not null default 'given'::text
login_attempts.trace_id text not null
login_attempts.at timestamp with time zone not null
login_attempts.connection_id text
login_attempts.outcome text not null
login_attempts.code text
login_attempts.checks jsonb not null
login_attempts.sub text
login_attempts.sealed_evidence bytea
login_attempts.evidence_missing text
logins.relay_state_hash bytea not null
logins.browser_hash bytea not null
logins.request_id text not null
logins.connection_id text not null
logins.connection_version integer not null
logins.client_id text not null
logins.return_to text not null
logins.created_at timestamp with time zone not null
logins.expires_at timestamp with time zone not null
logins.oauth_request jsonb
logins.refusals integer not null default 0
logins.evidence_at integer
logins.session_hash bytea
logouts.request_id text not null
logouts.browser_hash bytea not null
logouts.connection_id text not null
logouts.return_to text
logouts.created_at timestamp with time zone not null
logouts.expires_at timestamp with time zone not null
migrations.name text not null
migrations.sha256 text not null
migrations.applied_at timestamp with time zone not null default now()
oauth_grants.id text not null
oauth_grants.sid text not null
oauth_grants.client_id text not null
oauth_grants.redirect_uri text not null
oauth_grants.scope ARRAY not null
oauth_grants.nonce text
oauth_grants.code_challenge text
oauth_grants.code_hash bytea not null
oauth_grants.code_expires_at timestamp with time zone not null
oauth_grants.redeemed_at timestamp with time zone
oauth_grants.created_at timestamp with time zone not null
oauth_grants.expires_at timestamp with time zone not null
people.sub text not null
people.connection_id text not null
people.subject_hash bytea not null
people.first_seen_at timestamp with time zone not null
people.last_seen_at timestamp with time zone not null
people.last_groups jsonb
refresh_tokens.token_hash bytea not null
refresh_tokens.grant_id text not null
refresh_tokens.created_at timestamp with time zone not null
refresh_tokens.used_at timestamp with time zone
retired_certificates.connection_id text not null
retired_certificates.sha256 text not null
retired_certificates.subject text not null
retired_certificates.not_before timestamp with time zone not null
retired_certificates.not_after timestamp with time zone not null
retired_certificates.source text not null
retired_certificates.retired_at timestamp with time zone not null
secrets.name text not null
secrets.hash bytea not null
secrets.created_at timestamp with time zone not null
sessions.secret_hash bytea not null
sessions.sid text not null
sessions.sub text not null
sessions.connection_id text not null
sessions.tenant text not null
sessions.client_id text not null
sessions.claims jsonb not null
sessions.name_id jsonb
sessions.session_index text
sessions.auth_time timestamp with time zone not null
sessions.created_at timestamp with time zone not null
sessions.last_seen_at timestamp with time zone not null
sessions.expires_at timestamp with time zone not null
sessions.session_indexes ARRAY
setup_links.id text not null
setup_links.token_hash bytea not null
setup_links.tenant text not null
setup_links.connection_id text
setup_links.target_id text not null
setup_links.uses integer not null
setup_links.used integer not null default 0
setup_links.draft jsonb not null default '{}'::jsonb
setup_links.passed_settings bytea
setup_links.created_at timestamp with time zone not null
setup_links.expires_at timestamp with time zone not null
setup_sessions.id text not null
setup_sessions.secret_hash bytea not null
setup_sessions.link_id text not null
setup_sessions.sealed_test bytea
setup_sessions.created_at timestamp with time zone not null
setup_sessions.expires_at timestamp with time zone not null
setup_tests.relay_state_hash bytea not null
setup_tests.browser_hash bytea not null
setup_tests.request_id text not null
setup_tests.session_id text not null
setup_tests.settings_hash bytea not null
setup_tests.created_at timestamp with time zone not null
setup_tests.expires_at timestamp with time zone not null
signing_keys.kid text not null
signing_keys.alg text not null
signing_keys.public_jwk jsonb not null
signing_keys.sealed_private_jwk bytea not null
signing_keys.created_at timestamp with time zone not null
signing_keys.signs_from timestamp with time zone not null
signing_keys.signs_until timestamp with time zone
signing_keys.published_until timestamp with time zone
sp_keys.id text not null
sp_keys.purpose text not null
sp_keys.connection_id text
sp_keys.certificate text not null
sp_keys.sealed_private_key bytea not null
sp_keys.created_at timestamp with time zone not null
sp_keys.retired_at timestamp with time zone
sp_keys.activated_at timestamp with time zone
unknown_signers.connection_id text not null
unknown_signers.sha256 text not null
unknown_signers.pem text not null
unknown_signers.subject text not null
unknown_signers.not_before timestamp with time zone not null
unknown_signers.not_after timestamp with time zone not null
unknown_signers.first_seen_at timestamp with time zone not null
unknown_signers.last_seen_at timestamp with time zone not null
unknown_signers.refused integer not null default 1
unknown_signers.people ARRAY not null
webhook_messages.webhook_id text not null
webhook_messages.id text not null
webhook_messages.type text not null
webhook_messages.body text not null
webhook_messages.created_at timestamp with time zone not null
webhook_messages.attempts integer not null default 0
webhook_messages.next_at timestamp with time zone
webhook_messages.delivered_at timestamp with time zone
webhook_messages.dead_at timestamp with time zone
webhook_messages.forget_at timestamp with time zone
webhook_messages.last_status integer
webhook_messages.last_error text
webhook_notices.connection_id text not null
webhook_notices.type text not null
webhook_notices.about text not null
webhook_notices.told_at timestamp with time zone not null
webhooks.id text not null
webhooks.version integer not null default 1
webhooks.name text not null
webhooks.url text not null
webhooks.events ARRAY not null
webhooks.enabled boolean not null
webhooks.sealed_secret bytea not null
webhooks.created_at timestamp with time zone not null
webhooks.updated_at timestamp with time zone not null

admin_sessions: CHECK ((expires_at > created_at))
admin_sessions: CHECK ((length(key_mark) = 32))
admin_sessions: CHECK ((length(secret_hash) = 32))
admin_sessions: PRIMARY KEY (secret_hash)
audit_events: CHECK (((before IS NOT NULL) OR (after IS NOT NULL)))
audit_events: CHECK ((action ~ '^[a-z_]+\\.[a-z_]+$'::text))
audit_events: CHECK ((actor ~ '^(admin-key|cli|system|(setup-link|person):.+)$'::text))
audit_events: CHECK ((after ~~ '{%}'::text))
audit_events: CHECK ((before ~~ '{%}'::text))
audit_events: CHECK ((length(hash) = 32))
audit_events: CHECK ((length(previous_hash) = 32))
audit_events: CHECK ((seq > 0))
audit_events: PRIMARY KEY (seq)
audit_events: UNIQUE (hash)
audit_events: UNIQUE (previous_hash)
audit_head: CHECK ((id = 1))
audit_head: CHECK ((length(hash) = 32))
audit_head: CHECK ((seq >= 0))
audit_head: PRIMARY KEY (id)
certificate_warnings: CHECK ((days = ANY (ARRAY[60, 30, 7])))
certificate_warnings: CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
certificate_warnings: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
certificate_warnings: PRIMARY KEY (connection_id, sha256, days)
client_assertions: CHECK ((length(jti_hash) = 32))
client_assertions: FOREIGN KEY (client_id) REFERENCES clients(client_id) ON DELETE CASCADE
client_assertions: PRIMARY KEY (client_id, jti_hash)
clients: CHECK (((confidential = ((secret_hash IS NOT NULL) OR (jwks IS NOT NULL))) AND ((secret_hash IS NULL) OR (jwks IS NULL))))
clients: CHECK (((jwks IS NULL) OR ((COALESCE(jsonb_typeof((jwks -> 'keys'::text)), ''::text) = 'array'::text) AND ((jwks)::text !~ '"(d|p|q|dp|dq|qi|oth|k)":'::text))))
clients: CHECK (((length(audience) >= 1) AND (length(audience) <= 1024)))
clients: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
clients: CHECK (((token_ttl >= 30) AND (token_ttl <= 3600)))
clients: CHECK ((client_id ~ '^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$'::text))
clients: CHECK ((length(secret_hash) = 32))
clients: CHECK ((version > 0))
clients: PRIMARY KEY (client_id)
connection_metadata: CHECK (((failures = 0) = (error IS NULL)))
connection_metadata: CHECK ((cache_seconds > 0))
connection_metadata: CHECK ((failures >= 0))
connection_metadata: CHECK ((jsonb_typeof(stated) = 'object'::text))
connection_metadata: CHECK ((tried_at >= fetched_at))
connection_metadata: CHECK ((url ~ '^https?://'::text))
connection_metadata: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
connection_metadata: PRIMARY KEY (connection_id)
connection_versions: CHECK (((jsonb_typeof(certificates) = 'array'::text) AND ((certificates)::text !~~ '%PRIVATE KEY%'::text)))
connection_versions: CHECK ((jsonb_typeof(settings) = 'object'::text))
connection_versions: CHECK ((version > 0))
connection_versions: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
connection_versions: PRIMARY KEY (connection_id, version)
connections: CHECK (((NOT sso_required) OR ((cardinality(domains) > 0) AND (cardinality(sso_exempt) > 0))))
connections: CHECK (((clock_skew >= 0) AND (clock_skew <= 300)))
connections: CHECK (((length(issuer) >= 1) AND (length(issuer) <= 1024)))
connections: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
connections: CHECK (((length(sp_entity_id) >= 1) AND (length(sp_entity_id) <= 1024)))
connections: CHECK (((length(subject) >= 1) AND (length(subject) <= 1024)))
connections: CHECK ((default_return_to ~ '^https?://'::text))
connections: CHECK ((id ~ '^[a-z0-9]{8,40}$'::text))
connections: CHECK ((jsonb_typeof(attributes) = 'object'::text))
connections: CHECK ((jsonb_typeof(roles) = 'array'::text))
connections: CHECK ((jsonb_typeof(tests) = 'array'::text))
connections: CHECK ((logout_binding = ANY (ARRAY['redirect'::text, 'post'::text])))
connections: CHECK ((logout_response_url ~ '^https?://'::text))
connections: CHECK ((logout_url ~ '^https?://'::text))
connections: CHECK ((metadata_url ~ '^https?://'::text))
connections: CHECK ((on_group_overage = ANY (ARRAY['refuse'::text, 'continue'::text, 'keep_last'::text])))
connections: CHECK ((request_binding = ANY (ARRAY['redirect'::text, 'post'::text])))
connections: CHECK ((require_signed = ANY (ARRAY['any'::text, 'assertion'::text, 'response'::text, 'both'::text])))
connections: CHECK ((sign_on_url ~ '^https?://'::text))
connections: CHECK ((tenant ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text))
connections: CHECK ((version > 0))
connections: PRIMARY KEY (id)
consumed_assertions: CHECK ((length(assertion_hash) = 32))
consumed_assertions: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
consumed_assertions: PRIMARY KEY (connection_id, assertion_hash)
consumed_logout_requests: CHECK ((length(request_hash) = 32))
consumed_logout_requests: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
consumed_logout_requests: PRIMARY KEY (connection_id, request_hash)
ended_sessions: CHECK ((tokens_until > ended_at))
ended_sessions: PRIMARY KEY (sid)
idp_certificates: CHECK (("position" >= 0))
idp_certificates: CHECK (((pem ~~ '-----BEGIN CERTIFICATE-----%'::text) AND (pem !~~ '%PRIVATE KEY%'::text)))
idp_certificates: CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
idp_certificates: CHECK ((source = ANY (ARRAY['given'::text, 'metadata'::text, 'approved'::text])))
idp_certificates: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
idp_certificates: PRIMARY KEY (connection_id, sha256)
login_attempts: CHECK (((outcome = 'refused'::text) = (code IS NOT NULL)))
login_attempts: CHECK ((evidence_missing = ANY (ARRAY['no_login'::text, 'not_read'::text, 'login_had_one'::text, 'login_over'::text, 'hourly_limit'::text])))
login_attempts: CHECK ((jsonb_typeof(checks) = 'array'::text))
login_attempts: CHECK ((outcome = ANY (ARRAY['accepted'::text, 'refused'::text])))
login_attempts: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
login_attempts: PRIMARY KEY (trace_id)
logins: CHECK ((expires_at > created_at))
logins: CHECK ((jsonb_typeof(oauth_request) = 'object'::text))
logins: CHECK ((length(browser_hash) = 32))
logins: CHECK ((length(relay_state_hash) = 32))
logins: CHECK ((length(session_hash) = 32))
logins: CHECK ((refusals >= 0))
logins: FOREIGN KEY (client_id) REFERENCES clients(client_id) ON DELETE CASCADE
logins: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
logins: PRIMARY KEY (relay_state_hash)
logins: UNIQUE (request_id)
logouts: CHECK ((expires_at > created_at))
logouts: CHECK ((length(browser_hash) = 32))
logouts: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
logouts: PRIMARY KEY (request_id)
migrations: PRIMARY KEY (name)
oauth_grants: CHECK ((expires_at > created_at))
oauth_grants: CHECK ((length(code_challenge) = 43))
oauth_grants: CHECK ((length(code_hash) = 32))
oauth_grants: FOREIGN KEY (client_id) REFERENCES clients(client_id) ON DELETE CASCADE
oauth_grants: FOREIGN KEY (sid) REFERENCES sessions(sid) ON DELETE CASCADE
oauth_grants: PRIMARY KEY (id)
oauth_grants: UNIQUE (code_hash)
people: CHECK ((jsonb_typeof(last_groups) = 'array'::text))
people: CHECK ((length(subject_hash) = 32))
people: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
people: PRIMARY KEY (sub)
people: UNIQUE (connection_id, subject_hash)
refresh_tokens: CHECK ((length(token_hash) = 32))
refresh_tokens: FOREIGN KEY (grant_id) REFERENCES oauth_grants(id) ON DELETE CASCADE
refresh_tokens: PRIMARY KEY (token_hash)
retired_certificates: CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
retired_certificates: CHECK ((source = ANY (ARRAY['given'::text, 'metadata'::text, 'approved'::text])))
retired_certificates: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
retired_certificates: PRIMARY KEY (connection_id, sha256)
secrets: CHECK ((length(hash) = 32))
secrets: PRIMARY KEY (name)
sessions: CHECK ((expires_at > created_at))
sessions: CHECK ((jsonb_typeof(claims) = 'object'::text))
sessions: CHECK ((length(secret_hash) = 32))
sessions: FOREIGN KEY (client_id) REFERENCES clients(client_id) ON DELETE CASCADE
sessions: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
sessions: FOREIGN KEY (sub) REFERENCES people(sub) ON DELETE CASCADE
sessions: PRIMARY KEY (secret_hash)
sessions: UNIQUE (sid)
setup_links: CHECK (((jsonb_typeof(draft) = 'object'::text) AND ((draft)::text !~ 'PRIVATE KEY'::text)))
setup_links: CHECK (((target_id ~ '^[a-z0-9]{8,40}$'::text) AND ((connection_id IS NULL) OR (connection_id = target_id))))
setup_links: CHECK (((used >= 0) AND (used <= uses)))
setup_links: CHECK (((uses >= 1) AND (uses <= 1000)))
setup_links: CHECK ((expires_at > created_at))
setup_links: CHECK ((length(passed_settings) = 32))
setup_links: CHECK ((length(token_hash) = 32))
setup_links: CHECK ((tenant ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text))
setup_links: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
setup_links: PRIMARY KEY (id)
setup_links: UNIQUE (token_hash)
setup_sessions: CHECK ((expires_at > created_at))
setup_sessions: CHECK ((length(secret_hash) = 32))
setup_sessions: FOREIGN KEY (link_id) REFERENCES setup_links(id) ON DELETE CASCADE
setup_sessions: PRIMARY KEY (id)
setup_sessions: UNIQUE (secret_hash)
setup_tests: CHECK ((expires_at > created_at))
setup_tests: CHECK ((length(browser_hash) = 32))
setup_tests: CHECK ((length(relay_state_hash) = 32))
setup_tests: CHECK ((length(settings_hash) = 32))
setup_tests: FOREIGN KEY (session_id) REFERENCES setup_sessions(id) ON DELETE CASCADE
setup_tests: PRIMARY KEY (relay_state_hash)
setup_tests: UNIQUE (request_id)
signing_keys: CHECK (((jsonb_typeof(public_jwk) = 'object'::text) AND (NOT (public_jwk ?| ARRAY['d'::text, 'p'::text, 'q'::text, 'dp'::text, 'dq'::text, 'qi'::text, 'k'::text]))))
signing_keys: CHECK (((signs_until IS NULL) = (published_until IS NULL)))
signing_keys: CHECK ((alg = ANY (ARRAY['ES256'::text, 'RS256'::text, 'EdDSA'::text])))
signing_keys: PRIMARY KEY (kid)
sp_keys: CHECK ((certificate ~~ '-----BEGIN CERTIFICATE-----%'::text))
sp_keys: CHECK ((purpose = ANY (ARRAY['signing'::text, 'encryption'::text])))
sp_keys: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
sp_keys: PRIMARY KEY (id)
unknown_signers: CHECK (((cardinality(people) >= 1) AND (cardinality(people) <= 100)))
unknown_signers: CHECK (((pem ~~ '-----BEGIN CERTIFICATE-----%'::text) AND (pem !~~ '%PRIVATE KEY%'::text)))
unknown_signers: CHECK ((refused > 0))
unknown_signers: CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
unknown_signers: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
unknown_signers: PRIMARY KEY (connection_id, sha256)
webhook_messages: CHECK (((next_at IS NULL) = (forget_at IS NOT NULL)))
webhook_messages: CHECK ((attempts >= 0))
webhook_messages: CHECK ((body ~~ '{%}'::text))
webhook_messages: CHECK ((id ~ '^msg_[A-Za-z0-9_-]{22,64}$'::text))
webhook_messages: CHECK ((num_nonnulls(next_at, delivered_at, dead_at) = 1))
webhook_messages: FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE
webhook_messages: PRIMARY KEY (webhook_id, id)
webhook_notices: FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
webhook_notices: PRIMARY KEY (connection_id, type, about)
webhooks: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
webhooks: CHECK (((url ~ '^https?://'::text) AND (length(url) <= 2048)))
webhooks: CHECK ((cardinality(events) > 0))
webhooks: CHECK ((id ~ '^[a-z0-9]{8,40}$'::text))
webhooks: CHECK ((version > 0))
webhooks: PRIMARY KEY (id)

CREATE INDEX admin_sessions_expires_at ON public.admin_sessions USING btree (expires_at)
CREATE INDEX audit_events_at ON public.audit_events USING btree (at)
CREATE INDEX audit_events_subject ON public.audit_events USING btree (subject_type, subject_id, seq)
CREATE INDEX client_assertions_expires_at ON public.client_assertions USING btree (expires_at)
CREATE INDEX connection_metadata_next_at ON public.connection_metadata USING btree (next_at)
CREATE INDEX connections_domains ON public.connections USING gin (domains)
CREATE INDEX connections_tenant ON public.connections USING btree (tenant, id)
CREATE INDEX consumed_assertions_expires_at ON public.consumed_assertions USING btree (expires_at)
CREATE INDEX consumed_logout_requests_expires_at ON public.consumed_logout_requests USING btree (expires_at)
CREATE INDEX ended_sessions_ended_at ON public.ended_sessions USING btree (ended_at)
CREATE INDEX ended_sessions_tokens_until ON public.ended_sessions USING btree (tokens_until)
CREATE INDEX idp_certificates_not_after ON public.idp_certificates USING btree (not_after)
CREATE INDEX login_attempts_at ON public.login_attempts USING btree (at DESC, trace_id)
CREATE INDEX login_attempts_connection ON public.login_attempts USING btree (connection_id, at DESC)
CREATE INDEX login_attempts_evidence ON public.login_attempts USING btree (connection_id, at) WHERE (sealed_evidence IS NOT NULL)
CREATE INDEX login_attempts_health ON public.login_attempts USING btree (at, connection_id, outcome)
CREATE INDEX login_attempts_outcome ON public.login_attempts USING btree (connection_id, outcome, at DESC)
CREATE INDEX login_attempts_refused ON public.login_attempts USING btree (at DESC) WHERE ((outcome = 'refused'::text) AND (sealed_evidence IS NOT NULL))
CREATE INDEX login_attempts_sealed_under ON public.login_attempts USING btree (SUBSTRING(sealed_evidence FROM 1 FOR 9)) WHERE (sealed_evidence IS NOT NULL)
CREATE INDEX logins_expires_at ON public.logins USING btree (expires_at)
CREATE INDEX logouts_browser ON public.logouts USING btree (browser_hash)
CREATE INDEX logouts_expires_at ON public.logouts USING btree (expires_at)
CREATE INDEX oauth_grants_client ON public.oauth_grants USING btree (client_id)
CREATE INDEX oauth_grants_expires_at ON public.oauth_grants USING btree (expires_at)
CREATE INDEX oauth_grants_sid ON public.oauth_grants USING btree (sid)
CREATE INDEX refresh_tokens_grant ON public.refresh_tokens USING btree (grant_id)
CREATE INDEX retired_certificates_retired_at ON public.retired_certificates USING btree (retired_at)
CREATE INDEX sessions_client ON public.sessions USING btree (client_id)
CREATE INDEX sessions_connection ON public.sessions USING btree (connection_id)
CREATE INDEX sessions_expires_at ON public.sessions USING btree (expires_at)
CREATE INDEX sessions_name ON public.sessions USING btree (connection_id, "left"((name_id ->> 'value'::text), 200))
CREATE INDEX sessions_sub ON public.sessions USING btree (sub)
CREATE INDEX sessions_tenant ON public.sessions USING btree (tenant, sid)
CREATE INDEX setup_links_connection ON public.setup_links USING btree (connection_id)
CREATE INDEX setup_links_expires_at ON public.setup_links USING btree (expires_at)
CREATE INDEX setup_links_target ON public.setup_links USING btree (target_id)
CREATE INDEX setup_sessions_expires_at ON public.setup_sessions USING btree (expires_at)
CREATE INDEX setup_sessions_link ON public.setup_sessions USING btree (link_id)
CREATE INDEX setup_tests_expires_at ON public.setup_tests USING btree (expires_at)
CREATE INDEX setup_tests_session ON public.setup_tests USING btree (session_id)
CREATE INDEX signing_keys_published_until ON public.signing_keys USING btree (published_until)
CREATE INDEX sp_keys_retired_at ON public.sp_keys USING btree (retired_at) WHERE (retired_at IS NOT NULL)
CREATE INDEX unknown_signers_last_seen_at ON public.unknown_signers USING btree (last_seen_at)
CREATE INDEX webhook_messages_dead_at ON public.webhook_messages USING btree (dead_at) WHERE (dead_at IS NOT NULL)
CREATE INDEX webhook_messages_forget_at ON public.webhook_messages USING btree (forget_at) WHERE (forget_at IS NOT NULL)
CREATE INDEX webhook_messages_next_at ON public.webhook_messages USING btree (webhook_id, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX webhook_messages_of ON public.webhook_messages USING btree (webhook_id, created_at DESC, id DESC)
CREATE UNIQUE INDEX admin_sessions_pkey ON public.admin_sessions USING btree (secret_hash)
CREATE UNIQUE INDEX assertion_once ON public.consumed_assertions USING btree (connection_id, assertion_hash)
CREATE UNIQUE INDEX audit_events_hash_key ON public.audit_events USING btree (hash)
CREATE UNIQUE INDEX audit_events_pkey ON public.audit_events USING btree (seq)
CREATE UNIQUE INDEX audit_events_previous_hash_key ON public.audit_events USING btree (previous_hash)
CREATE UNIQUE INDEX audit_head_pkey ON public.audit_head USING btree (id)
CREATE UNIQUE INDEX client_assertions_pkey ON public.client_assertions USING btree (client_id, jti_hash)
CREATE UNIQUE INDEX clients_pkey ON public.clients USING btree (client_id)
CREATE UNIQUE INDEX connection_metadata_pkey ON public.connection_metadata USING btree (connection_id)
CREATE UNIQUE INDEX connection_versions_pkey ON public.connection_versions USING btree (connection_id, version)
CREATE UNIQUE INDEX connections_pkey ON public.connections USING btree (id)
CREATE UNIQUE INDEX ended_sessions_pkey ON public.ended_sessions USING btree (sid)
CREATE UNIQUE INDEX idp_certificates_pkey ON public.idp_certificates USING btree (connection_id, sha256)
CREATE UNIQUE INDEX login_attempts_pkey ON public.login_attempts USING btree (trace_id)
CREATE UNIQUE INDEX logins_pkey ON public.logins USING btree (relay_state_hash)
CREATE UNIQUE INDEX logins_request_id_key ON public.logins USING btree (request_id)
CREATE UNIQUE INDEX logout_request_once ON public.consumed_logout_requests USING btree (connection_id, request_hash)
CREATE UNIQUE INDEX logouts_pkey ON public.logouts USING btree (request_id)
CREATE UNIQUE INDEX migrations_pkey ON public.migrations USING btree (name)
CREATE UNIQUE INDEX oauth_grants_code_hash_key ON public.oauth_grants USING btree (code_hash)
CREATE UNIQUE INDEX oauth_grants_pkey ON public.oauth_grants USING btree (id)
CREATE UNIQUE INDEX people_connection_id_subject_hash_key ON public.people USING btree (connection_id, subject_hash)
CREATE UNIQUE INDEX people_pkey ON public.people USING btree (sub)
CREATE UNIQUE INDEX refresh_tokens_pkey ON public.refresh_tokens USING btree (token_hash)
CREATE UNIQUE INDEX retired_certificates_pkey ON public.retired_certificates USING btree (connection_id, sha256)
CREATE UNIQUE INDEX secrets_pkey ON public.secrets USING btree (name)
CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (secret_hash)
CREATE UNIQUE INDEX sessions_sid_key ON public.sessions USING btree (sid)
CREATE UNIQUE INDEX setup_links_pkey ON public.setup_links USING btree (id)
CREATE UNIQUE INDEX setup_links_token_hash_key ON public.setup_links USING btree (token_hash)
CREATE UNIQUE INDEX setup_sessions_pkey ON public.setup_sessions USING btree (id)
CREATE UNIQUE INDEX setup_sessions_secret_hash_key ON public.setup_sessions USING btree (secret_hash)
CREATE UNIQUE INDEX setup_tests_pkey ON public.setup_tests USING btree (relay_state_hash)
CREATE UNIQUE INDEX setup_tests_request_id_key ON public.setup_tests USING btree (request_id)
CREATE UNIQUE INDEX signing_keys_pkey ON public.signing_keys USING btree (kid)
CREATE UNIQUE INDEX sp_keys_pkey ON public.sp_keys USING btree (id)
CREATE UNIQUE INDEX unknown_signers_pkey ON public.unknown_signers USING btree (connection_id, sha256)
CREATE UNIQUE INDEX warned_once ON public.certificate_warnings USING btree (connection_id, sha256, days)
CREATE UNIQUE INDEX webhook_messages_pkey ON public.webhook_messages USING btree (webhook_id, id)
CREATE UNIQUE INDEX webhook_notices_pkey ON public.webhook_notices USING btree (connection_id, type, about)
CREATE UNIQUE INDEX webhooks_pkey ON public.webhooks USING btree (id)
`
