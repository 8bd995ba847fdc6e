// Discovery (OpenID Connect Discovery 1.0 §3, RFC 8414 §2): only what is really served.

/** The metadata of this issuer. `issuer` is PUBLIC_URL, byte for byte. */
export function discovery(issuer: string, alg: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: [],
    grant_types_supported: [],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [alg],
  }
}
