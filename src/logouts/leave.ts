// People leave: the session here ends first, whatever becomes of the rest; then their identity provider is told, where it wants to
// be (saml-profiles §4.4.3.1).

import { createHash } from 'node:crypto'
import type { Book } from '../connections/book.ts'
import { spAddresses } from '../connections/connection.ts'
import type { NameID } from '../saml/assertion.ts'
import { type Dispatch, post, redirect, type SigningKey } from '../saml/authn-request.ts'
import { logoutRequestXml } from '../saml/logout.ts'
import type { Session } from '../sessions/session.ts'
import type { Logout } from './logout.ts'

/** What this verb may use. `version` is that of a connection as the database has it; `save` is false where it is gone or off. */
export interface LeaveDeps {
  book: Book
  findSession: (secret: string) => Promise<Session | undefined>
  endSession: (secret: string) => Promise<unknown>
  version: (connectionId: string) => Promise<number | undefined>
  save: (logout: Logout) => Promise<boolean>
  signingKey: (connectionId: string) => Promise<SigningKey>
  onError: (error: unknown) => void
  clock: () => Date
  random: (bytes: number) => Buffer
  publicUrl: string
  /** Seconds within which the identity provider must answer. */
  ttl: number
}

/** Who leaves, and where to in the end. `elsewhere`: whether the identity provider may be told. */
export interface LeaveInput {
  secret: string | undefined
  browser: string | undefined
  returnTo: string | undefined
  elsewhere: boolean
}

/** Where the browser goes before the end, and the login cookie that it must hold when it comes back. */
export interface Leaving {
  dispatch: Dispatch
  browser: string
}

/** Ends the session of a cookie; answers where the browser must go for single logout, or undefined where that is all. */
export function leave(deps: LeaveDeps) {
  return async ({ secret, browser, returnTo, elsewhere }: LeaveInput): Promise<Leaving | undefined> => {
    if (secret === undefined) return undefined
    const session = await deps.findSession(secret)
    await deps.endSession(secret)
    if (!elsewhere || !session?.name_id) return undefined
    // Whoever is out here already must not read that it failed.
    return tell(deps, session, session.name_id, { browser, returnTo }).catch((error: unknown) => {
      deps.onError(error)
      return undefined
    })
  }
}

async function tell(
  deps: LeaveDeps,
  session: Session,
  name: NameID,
  { browser = deps.random(32).toString('base64url'), returnTo }: Pick<LeaveInput, 'browser' | 'returnTo'>,
): Promise<Leaving | undefined> {
  const version = await deps.version(session.connection_id)
  const ready = version === undefined ? undefined : await deps.book.at(session.connection_id, version)
  if (!ready?.connection.logout_url) return undefined
  const { logout_url: destination, logout_binding: binding } = ready.connection
  const logout = newLogout(deps, session, browser, returnTo)
  if (!(await deps.save(logout))) return undefined
  const header = {
    id: logout.request_id,
    issueInstant: logout.created_at.getTime(),
    destination,
    issuer: spAddresses(deps.publicUrl, ready.connection).entity_id,
  }
  const xml = logoutRequestXml(header, name, session.session_indexes)
  const send = binding === 'redirect' ? redirect : post
  const key = await deps.signingKey(session.connection_id)
  // No RelayState: the answer names the request, whose ID nobody can guess.
  return { dispatch: send(destination, xml, '', key, 'LogoutRequest'), browser }
}

function newLogout(deps: LeaveDeps, session: Session, browser: string, returnTo: string | undefined): Logout {
  const now = deps.clock()
  return {
    request_id: `_${deps.random(20).toString('hex')}`,
    browser_hash: createHash('sha256').update(browser).digest(),
    connection_id: session.connection_id,
    return_to: returnTo ?? null,
    created_at: now,
    expires_at: new Date(now.getTime() + deps.ttl * 1000),
  }
}
