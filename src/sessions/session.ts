// The guest book's noun: who is in, since when, until when, and what the identity provider said of them, so that tokens can be
// minted without asking again and everybody can be shown out. It never sees a password, a cookie or an assertion's XML.

import { createHash } from 'node:crypto'
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
  /** Of every AuthnStatement that has one. */
  session_indexes: string[]
  auth_time: Date
  created_at: Date
  last_seen_at: Date
  expires_at: Date
}

/** Which sessions are meant: those that every given member fits. */
export interface SessionFilter {
  sid?: string | undefined
  sub?: string | undefined
  tenant?: string | undefined
  connection_id?: string | undefined
  client_id?: string | undefined
  secret_hash?: Buffer | undefined
}

/** Seconds that any token lives at most: the limit of TOKEN_TTL and of a client's `token_ttl`. */
export const longestTokenTtl = 3600

/** SHA-256 of a session cookie: all that is ever kept of it. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Whether a session's end is still to come, in whole seconds as tokens count: one that is open can have a token. A NaN is an end. */
export function isOpen({ expires_at }: Pick<Session, 'expires_at'>, now: Date): boolean {
  return Math.floor(now.getTime() / 1000) < Math.floor(expires_at.getTime() / 1000)
}

/** What an operator sees of a session: who, where, since when. Of the claims those that people are known by; no NameID. */
export function showSession({ sid, sub, connection_id, tenant, client_id, claims, ...times }: Session) {
  const { auth_time, created_at, last_seen_at, expires_at } = times
  const person = { sub, email: claims['email'] ?? null, name: claims['name'] ?? null }
  return { sid, ...person, tenant, connection_id, client_id, auth_time, created_at, last_seen_at, expires_at }
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
    session_indexes: [...new Set(statements.map(one => one.sessionIndex).filter(index => index !== undefined))],
    auth_time: new Date(Math.min(now.getTime(), ...authnInstants)),
    created_at: now,
    last_seen_at: now,
    expires_at: new Date(Math.min(now.getTime() + ttl * 1000, ...bounds)),
  }
}
