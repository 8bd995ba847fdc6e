// The guest book's noun: who is in, since when, until when, and what the identity provider said of them, so that tokens can be
// minted without asking again and everybody can be shown out. It never sees a password, a cookie or an assertion's XML.

import type { Connection } from '../connections/connection.ts'
import type { Claims } from '../connections/describe.ts'
import type { Assertion, NameID } from '../saml/assertion.ts'
import { parseTime } from '../saml/time.ts'

/** Somebody who is signed in. Times are absolute; `sid` is public, the cookie's secret is not in here. */
export interface Session {
  sid: string
  sub: string
  connection_id: string
  tenant: string
  client_id: string
  claims: Claims
  name_id: NameID | null
  session_index: string | null
  auth_time: Date
  created_at: Date
  last_seen_at: Date
  expires_at: Date
}

/** What a new session is made of; `ttl` in seconds. */
export interface SessionParts {
  assertion: Assertion
  claims: Claims
  connection: Connection
  clientId: string
  sub: string
  sid: string
  now: Date
  ttl: number
}

/** A session that ends with SESSION_TTL or with SessionNotOnOrAfter (saml-core §2.7.2), whichever is earlier. */
export function newSession({ assertion, claims, connection, clientId, sub, sid, now, ttl }: SessionParts): Session {
  const statements = assertion.authnStatements
  const ends = statements.map(one => one.sessionNotOnOrAfter).filter(end => end !== undefined)
  const bounds = ends.map(end => parseTime(end) + connection.clock_skew * 1000)
  const authnInstants = statements.map(one => parseTime(one.authnInstant))
  return {
    sid,
    sub,
    connection_id: connection.id,
    tenant: connection.tenant,
    client_id: clientId,
    claims,
    name_id: assertion.nameID ?? null,
    session_index: statements.find(one => one.sessionIndex !== undefined)?.sessionIndex ?? null,
    auth_time: new Date(Math.min(now.getTime(), ...authnInstants)),
    created_at: now,
    last_seen_at: now,
    expires_at: new Date(Math.min(now.getTime() + ttl * 1000, ...bounds)),
  }
}
