// Every refusal that Assay can give: one table, one class. A code is stable and public; the status follows from it; the
// cause is logged and never shown. Rendered as RFC 9457 (http/problems.ts) or as a page (pages/). Imports nothing.

/** The table of refusals: code → [HTTP status, title]. `openapi.yaml` lists the same codes, held equal by a test. */
export const problems = {
  invalid_request: [400, 'The request is not as the API describes it'],
  unauthorized: [401, 'This needs a valid bearer key'],
  no_session: [401, 'Nobody is signed in here'],
  not_found: [404, 'There is nothing at this address'],
  method_not_allowed: [405, 'This address does not take that method'],
  conflict: [409, 'Something with this name exists already'],
  key_in_use: [409, 'The key is in use; activate another one first'],
  precondition_failed: [412, 'It has changed since you read it'],
  payload_too_large: [413, 'The request is too large'],
  unsupported_media_type: [415, 'The body is of a type that this address does not take'],
  too_many_requests: [429, 'Too many requests'],
  internal_error: [500, 'Something broke on our side'],
  unavailable: [503, 'The service cannot answer just now'],

  connection_not_found: [404, 'There is no such connection'],
  connection_disabled: [403, 'This connection is switched off'],
  connection_not_allowed: [403, 'This client does not accept sign-ins from that connection'],
  client_not_found: [400, 'There is no such client'],
  no_connection_found: [404, 'No sign-in was found for that'],
  setup_link_over: [410, 'This set-up link does not work any more'],
  setup_session_over: [401, 'This set-up is not open in this browser'],
  setup_not_tested: [409, 'No test sign-in has passed with these settings'],
  return_to_not_allowed: [400, 'The return address is not one of the client’s origins'],
  cross_site_request: [403, 'The request came from another site'],
  operator_needed: [403, 'Only operators may change that'],

  redirect_uri_not_allowed: [400, 'The redirect_uri is not one of the client’s'],
  request_not_supported: [400, 'Request objects are not taken'],
  request_uri_not_supported: [400, 'Request objects are not fetched'],
  unsupported_response_type: [400, 'The only response_type is code'],
  login_required: [403, 'The person has to sign in first'],
  access_denied: [403, 'The sign-in is not allowed'],
  invalid_client: [401, 'The client could not be authenticated'],
  unauthorized_client: [403, 'This client may not do that'],
  unsupported_grant_type: [400, 'The grant_type is not authorization_code or refresh_token'],
  invalid_grant: [400, 'The code or refresh token is not valid'],
  invalid_scope: [400, 'The scope is more than was granted'],
  invalid_token: [401, 'The access token is not valid'],
  insufficient_scope: [403, 'The access token lacks the scope openid'],
  unsupported_token_type: [400, 'Tokens of this kind cannot be revoked'],

  binding_not_taken: [400, 'The response came by another way than HTTP-POST'],
  malformed_response: [400, 'The sign-in message could not be read'],
  login_refused: [403, 'The sign-in was refused'],
  malformed_logout: [400, 'The sign-out message could not be read'],
  logout_refused: [403, 'The sign-out message was refused'],
  logout_not_configured: [404, 'This connection has no single logout'],

  login_unknown: [403, 'The response belongs to no login under way'],
  login_other_browser: [403, 'The login began in another browser'],
  login_other_connection: [403, 'The login began at another connection'],
  login_expired: [403, 'The login took too long'],
  login_used: [403, 'The login was already finished'],
  unsolicited_response: [403, 'The response answers no login and unsolicited ones are not allowed'],

  logout_unknown: [403, 'The response answers no sign-out under way'],
  logout_replayed: [403, 'The sign-out request was used before'],
  logout_stale: [403, 'The sign-out message is not of this moment'],
  logout_layout: [403, 'The message is not what single logout exchanges'],
  redirect_malformed: [400, 'The query is no message of the HTTP-Redirect binding'],

  response_encoding: [400, 'SAMLResponse is not base64 of UTF-8 text'],
  xml_forbidden: [403, 'The XML holds something that no SAML message needs'],
  xml_limits: [403, 'The XML is larger than any SAML response needs to be'],
  xml_malformed: [403, 'The XML is not well-formed'],
  schema_invalid: [403, 'The message does not follow the SAML schema'],
  response_layout: [403, 'The Response does not hold exactly one assertion'],
  duplicate_id: [403, 'An ID occurs twice'],

  signature_missing: [403, 'Nothing is signed that this connection wants signed'],
  signature_layout: [403, 'The signature is not of the form that SAML prescribes'],
  signature_algorithm: [403, 'The signature uses an algorithm that is not accepted'],
  signature_unknown_key: [403, 'The signature is of none of the known certificates'],
  signature_digest: [403, 'The signed content was changed after it was signed'],
  second_opinion: [403, 'The second verifier does not agree'],

  encryption_layout: [403, 'The encryption is not of the form that SAML prescribes'],
  encryption_algorithm: [403, 'The encryption uses an algorithm that is not accepted'],
  encryption_cbc_unsigned: [403, 'AES-CBC is used where no verified Response signature covers it'],
  encryption_missing: [403, 'The assertion is not encrypted'],
  decryption_failed: [403, 'The assertion could not be decrypted'],

  status_not_success: [403, 'The identity provider reports a failure'],
  version_mismatch: [403, 'The message is not SAML 2.0'],
  issuer_mismatch: [403, 'The message is from another identity provider'],
  destination_mismatch: [403, 'The response is addressed to another service'],
  in_response_to_mismatch: [403, 'The response answers another request'],
  audience_mismatch: [403, 'The assertion is for another audience'],
  conditions_missing: [403, 'The assertion has no Conditions'],
  condition_unknown: [403, 'The assertion has a condition that is not understood'],
  assertion_expired: [403, 'The assertion is no longer valid'],
  assertion_not_yet_valid: [403, 'The assertion is not valid yet'],
  time_malformed: [403, 'A time in the assertion is not an xs:dateTime'],
  subject_missing: [403, 'The assertion names no person'],
  subject_unstable: [403, 'The person’s name changes with every sign-in'],
  subject_confirmation: [403, 'No bearer confirmation is valid here and now'],
  authn_statement_missing: [403, 'The assertion does not say how the person signed in'],
  session_expired: [403, 'The session at the identity provider is over'],
  authn_context_mismatch: [403, 'The person signed in in a way that was not asked for'],
  groups_overage: [403, 'The identity provider left out the person’s groups'],
  claim_out_of_scope: [403, 'The person is described with a name of another domain'],
  claim_missing: [403, 'Something is missing that this connection requires of a person'],
  claims_too_large: [403, 'More is said of the person than a token can hold'],
  assertion_replayed: [403, 'The assertion was used before'],
} as const satisfies Record<string, readonly [status: number, title: string]>

/** A stable code from the table of refusals. */
export type ProblemCode = keyof typeof problems

/** One mistake in a body or a setting: where it is (`certificates[0]`), and what to change. */
export interface Mistake {
  field: string
  message: string
}

/** What a refusal may carry beside its code. `detail` and `mistakes` are shown to the caller, `cause` is only logged. */
export interface ProblemExtras {
  detail?: string
  mistakes?: readonly Mistake[]
  traceId?: string
  retryAfter?: number
  /** A path where a person may begin again. */
  retryPath?: string | undefined
  /** The certificate that a message names for a signature of no known key, base64 of its DER: evidence, never shown. */
  stranger?: string | undefined
  cause?: unknown
}

/** The one error class of the house: a code of the table, and what may be shown of it (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string | undefined
  readonly mistakes: readonly Mistake[]
  readonly traceId: string | undefined
  readonly retryAfter: number | undefined
  readonly retryPath: string | undefined
  readonly stranger: string | undefined

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(problems[code][1], { cause: extras.cause })
    this.name = 'Problem'
    this.code = code
    this.status = problems[code][0]
    this.detail = extras.detail
    this.mistakes = extras.mistakes ?? []
    this.traceId = extras.traceId
    this.retryAfter = extras.retryAfter
    this.retryPath = extras.retryPath
    this.stranger = extras.stranger
  }
}
