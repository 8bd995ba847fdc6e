// The hall's noun. A login begins with a click and ends with a session: between the two stands one row that binds the request to
// the browser it began in. This room hands on where the browser goes next; it never touches HTTP, cookies or SQL.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { AuthorizationRequest } from '../oauth/grant.ts'
import { requestPath } from '../oauth/request.ts'
import { Problem } from '../problem.ts'

/** A login under way. The two hashes are SHA-256 of what the browser brings back: RelayState and the login cookie. */
export interface Login {
  relay_state_hash: Buffer
  browser_hash: Buffer
  request_id: string
  connection_id: string
  client_id: string
  return_to: string
  /** What an OAuth client asked for; null: the login began with a link. */
  oauth_request: AuthorizationRequest | null
  created_at: Date
  expires_at: Date
  /** SHA-256 of the session cookie that the browser had when the login began: that session ends with the new one. */
  session_hash: Buffer | null
}

/** What one read finds for a response: the connection's version, and the login that its RelayState names. */
export interface LoginLookup {
  connection_version: number
  login: Login | undefined
}

/** SHA-256 of a value that only the browser holds. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Where a person asks again for what a refused login was for; undefined: at the connection. */
export function retryPath({ oauth_request, client_id, connection_id }: Login): string | undefined {
  return oauth_request ? requestPath(oauth_request, client_id, connection_id) : undefined
}

/** Passes a login that this browser began at this connection and that is not over; throws the code that says why not. */
export function requireLogin(
  login: Login | undefined,
  connectionId: string,
  browser: string | undefined,
  now: Date,
): Login {
  if (!login) throw new Problem('login_unknown')
  if (login.connection_id !== connectionId) throw new Problem('login_other_connection')
  if (browser === undefined) {
    throw new Problem('login_other_browser', { detail: 'The browser sent no login cookie with the response.' })
  }
  if (!timingSafeEqual(hashOf(browser), login.browser_hash)) throw new Problem('login_other_browser')
  if (now >= login.expires_at)
    throw new Problem('login_expired', { detail: `It ended at ${login.expires_at.toISOString()}.` })
  return login
}
