// What a client is told (RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6): a code of the specifications and a sentence.

import type { Problem, ProblemCode } from '../problem.ts'

// Codes of ours that are codes of the specifications as well.
const same: readonly ProblemCode[] = [
  ...(['invalid_request', 'invalid_client', 'invalid_grant', 'invalid_scope', 'invalid_token'] as const),
  ...([
    'unauthorized_client',
    'unsupported_grant_type',
    'unsupported_response_type',
    'unsupported_token_type',
  ] as const),
  ...(['insufficient_scope', 'access_denied', 'login_required'] as const),
  ...(['request_not_supported', 'request_uri_not_supported'] as const),
]

const translated: Partial<Record<ProblemCode, string>> = {
  connection_not_found: 'invalid_request',
  connection_disabled: 'access_denied',
  connection_not_allowed: 'access_denied',
}

/** Whether a refusal is the client's to hear in the answer to an authorization request; any other is a page. */
export function isClients({ code }: Problem): boolean {
  return same.includes(code) || code in translated
}

/** A refusal in the words of OAuth. */
export function errorAnswer({ code, status, detail, message }: Problem): { error: string; error_description: string } {
  const error = same.includes(code) ? code : (translated[code] ?? byStatus(status))
  return { error, error_description: plain(detail ?? message) }
}

function byStatus(status: number): string {
  if (status >= 500) return status === 503 ? 'temporarily_unavailable' : 'server_error'
  return 'invalid_request'
}

// Visible ASCII without quotes and backslashes (RFC 6749 §5.2).
function plain(text: string): string {
  return text.replaceAll('’', "'").replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?')
}
