// The way out's noun. Single logout has two halves: people leave here and we tell their identity provider, or the provider tells us
// and we show them out. This room hands on where the browser goes next; it never touches HTTP, cookies or SQL, and no session ends
// elsewhere because one was idle.

import type { NameID } from '../saml/assertion.ts'
import { nameIdFormats } from '../saml/names.ts'
import type { Session } from '../sessions/session.ts'

/** A logout that began here and is under way at an identity provider; `browser_hash` is SHA-256 of the login cookie. */
export interface Logout {
  request_id: string
  browser_hash: Buffer
  connection_id: string
  return_to: string | null
  created_at: Date
  expires_at: Date
}

/** The two sides of a connection, by entity ID: what a name's absent qualifiers stand for. */
export interface Sides {
  idp: string
  sp: string
}

/**
 * Whether two NameIDs of one connection are one name: value and Format exactly, and the qualifiers, where an absent one stands for
 * the side that it would name (saml-core §2.2.2, §2.2.3, §8.3.7).
 */
export function isSameName(one: NameID, other: NameID, { idp, sp }: Sides): boolean {
  const parts = ({ value, format, nameQualifier, spNameQualifier }: NameID) =>
    JSON.stringify([value, format ?? nameIdFormats.unspecified, nameQualifier ?? idp, spNameQualifier ?? sp])
  return parts(one) === parts(other)
}

/** The sessions that a LogoutRequest means: the person's, all of them or those of the named indexes (saml-core §3.7.3.1). */
export function meantSessions(
  sessions: readonly Session[],
  { nameID, sessionIndexes }: { nameID: NameID; sessionIndexes: readonly string[] },
  sides: Sides,
): Session[] {
  const indexed = ({ session_indexes: own }: Session) => own.some(index => sessionIndexes.includes(index.trim()))
  return sessions
    .filter(({ name_id }) => name_id !== null && isSameName(name_id, nameID, sides))
    .filter(session => sessionIndexes.length === 0 || indexed(session))
}
