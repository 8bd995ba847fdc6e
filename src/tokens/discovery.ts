// Discovery (OpenID Connect Discovery 1.0 §3, RFC 8414 §2): only what is really served.

import type { KeyRecord } from './signing-key.ts'

/** What the other rooms say of themselves. */
export interface Served {
  scopes: readonly string[]
  /** Algorithms with which a client may sign its assertions. */
  assertionAlgs: readonly string[]
}

const authMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt']

/** The metadata of this issuer. `issuer` is PUBLIC_URL, byte for byte; the algorithms are those of every published key. */
export function discovery(
  issuer: string,
  published: readonly Pick<KeyRecord, 'alg'>[],
  { scopes, assertionAlgs }: Served,
) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    introspection_endpoint: `${issuer}/introspect`,
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/logout`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    scopes_supported: scopes,
    claims_supported: [
      ...['iss', 'sub', 'aud', 'iat', 'exp', 'auth_time', 'nonce', 'sid', 'acr', 'tenant', 'connection'],
      ...['email', 'name', 'given_name', 'family_name', 'groups', 'roles'],
    ],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    prompt_values_supported: ['none', 'login', 'select_account'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [...new Set(published.map(key => key.alg))],
    token_endpoint_auth_methods_supported: [...authMethods, 'none'],
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint_auth_methods_supported: authMethods,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    revocation_endpoint_auth_methods_supported: [...authMethods, 'none'],
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    authorization_response_iss_parameter_supported: true,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  }
}
