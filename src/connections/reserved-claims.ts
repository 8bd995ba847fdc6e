// What the token itself carries, what only Assay may vouch for, and what a JavaScript object has by birth.
const ours = `iss sub aud exp nbf iat jti typ azp nonce at_hash c_hash s_hash cnf act may_act scope client_id auth_time sid tenant
  connection roles acr amr groups_overage email_verified phone_number_verified active token_type authorization_details events
  _claim_names _claim_sources prototype`

/** Names of claims that no attribute can give. */
export const reservedClaims: ReadonlySet<string> = new Set([
  ...ours.split(/\s+/),
  ...Object.getOwnPropertyNames(Object.prototype),
])
