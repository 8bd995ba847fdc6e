// Where a browser goes after a good response: to where the login began, or to the client's address with a code, or with `login_required`
// where the client wanted a newer sign-in than the identity provider gave.

import type { Connection } from '../connections/connection.ts'
import { callbackUrl, type Grant, newGrant } from '../oauth/grant.ts'
import type { Assertion } from '../saml/assertion.ts'
import { parseTime } from '../saml/time.ts'
import type { Session } from '../sessions/session.ts'
import type { Login } from './login.ts'

/** What a browser is answered with, and the grant that is kept with the session. */
export interface Answer {
  returnTo: string
  grant: Grant | undefined
}

/** What an answer is made of. */
export interface AnswerParts {
  login: Login | undefined
  assertion: Assertion
  connection: Connection
  session: Session
  now: Date
}

interface AnswerDeps {
  random: (bytes: number) => Buffer
  publicUrl: string
}

/** The answer to a login whose response is good. */
export function answerLogin({ random, publicUrl: issuer }: AnswerDeps, parts: AnswerParts): Answer {
  const { login, assertion, connection, session, now } = parts
  if (!login) return { returnTo: connection.default_return_to ?? issuer, grant: undefined }
  const request = login.oauth_request
  if (!request) return { returnTo: login.return_to, grant: undefined }
  if (!isFresh(assertion, login, now)) {
    const error_description = 'The identity provider did not ask the person to sign in again.'
    return { returnTo: callbackUrl(request, issuer, { error: 'login_required', error_description }), grant: undefined }
  }
  const { grant, code } = newGrant({ request, session, clientId: login.client_id, now, random })
  return { returnTo: callbackUrl(request, issuer, { code }), grant }
}

// Seconds: what rounding and a slow identity provider make of a sign-in that is new.
const grace = 5

/**
 * Whether the person signed in as lately as was asked. Both times are the identity provider's own, so no skew of clocks is in it:
 * between AuthnInstant and IssueInstant lies no more than the time that this login took, and what max_age adds. ForceAuthn alone
 * proves nothing: providers ignore it. A time that is none is not fresh.
 */
export function isFresh({ authnStatements, issueInstant }: Assertion, login: Login, now: Date): boolean {
  const allowed = login.oauth_request?.max_auth_age ?? null
  if (allowed === null) return true
  const signedIn = Math.min(...authnStatements.map(one => parseTime(one.authnInstant)))
  const age = parseTime(issueInstant) - signedIn
  return age <= now.getTime() - login.created_at.getTime() + (allowed + grace) * 1000
}
