// What a client asks of the end of a session (OpenID Connect RP-Initiated Logout 1.0 §2): to which of its addresses the browser goes.

import type { Client } from '../clients/client.ts'
import { Problem } from '../problem.ts'

/** The parameters of an end-session request. */
export interface EndSessionQuery {
  client_id?: string
  id_token_hint?: string
  post_logout_redirect_uri?: string
  state?: string
}

/** The client that asks, by its id or as the audience of its ID token; throws `invalid_request` where an address is named by nobody. */
export function askingClient(query: EndSessionQuery): string | undefined {
  const clientId = query.client_id ?? audienceOf(query.id_token_hint)
  if (clientId === undefined && query.post_logout_redirect_uri !== undefined)
    throw new Problem('invalid_request', {
      mistakes: [{ field: 'client_id', message: 'is needed beside post_logout_redirect_uri, or an id_token_hint.' }],
    })
  return clientId
}

/** Where the browser goes in the end: an address that the client registered, byte for byte, with its state. */
export function afterEndSession({ post_logout_redirect_uri: uri, state }: EndSessionQuery, client: Client) {
  if (uri === undefined) return undefined
  if (!client.post_logout_redirect_uris.includes(uri)) throw new Problem('return_to_not_allowed')
  if (state === undefined) return uri
  const url = new URL(uri)
  url.searchParams.append('state', state)
  return url.href
}

// The token is believed for nothing: whatever client it names, only that client's own addresses are gone to.
function audienceOf(token: string | undefined): string | undefined {
  try {
    const { aud } = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as { aud?: unknown }
    return typeof aud === 'string' ? aud : undefined
  } catch {
    return undefined
  }
}
