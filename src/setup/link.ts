// THE FITTING ROOM. A set-up link lets somebody without an account set up one connection of one tenant. This room owns links, the
// browsers that opened them, the draft and the tests; it hands on a body for the address book, and never touches a session, a
// token, HTTP or SQL. What is entered stays a draft until a test sign-in has passed with exactly those settings.

import { createHash, timingSafeEqual } from 'node:crypto'
import { type Author, type Change, difference } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import type { SetupDraft } from './draft.ts'

/** A link. `connection_id` is null until the connection is there; `target_id` is the id that it has or will have. */
export interface SetupLink {
  id: string
  tenant: string
  connection_id: string | null
  target_id: string
  uses: number
  used: number
  created_at: Date
  expires_at: Date
}

/** A browser in which a link was opened, with all that its pages need. */
export interface SetupSession {
  id: string
  link: SetupLink
  draft: SetupDraft
  /** SHA-256 of the settings with which a test passed last. */
  passed_settings: Buffer | null
  expires_at: Date
}

/** A test sign-in under way. */
export interface SetupTest {
  relay_state_hash: Buffer
  browser_hash: Buffer
  request_id: string
  session_id: string
  settings_hash: Buffer
  created_at: Date
  expires_at: Date
}

/** How long a link lives and how often it may be opened, unless it is said: seconds, browsers. */
export const linkDefaults = { expires_in: 7 * 86_400, uses: 10 } as const

/** Seconds that a browser may go on after it has opened a link, while the link lives. */
export const sessionSeconds = 86_400

/** A link as the API answers it. */
export function showLink({ target_id: _, ...link }: SetupLink): object {
  return link
}

/** Who changes a connection through a link. */
export function authorOf({ id }: SetupLink): Author {
  return { actor: `setup-link:${id}`, trace_id: null }
}

/** What is recorded of a link that was made or taken back. */
export function linkChange(action: string, before: SetupLink | undefined, after: SetupLink | undefined): Change {
  const recorded = (link: SetupLink | undefined) => link && showLink(link)
  const { names: _, ...changed } = difference(recorded(before), recorded(after))
  return { action, subject_type: 'setup_link', subject_id: (after ?? before)?.id ?? null, trust: true, ...changed }
}

/** SHA-256 of a secret that was handed out. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The token that every form of a browser carries: only who may read its pages knows it. */
export function formToken(secret: string): string {
  return createHash('sha256').update(`form:${secret}`).digest('base64url')
}

/** Throws `cross_site_request` where a form does not carry the browser's own token. */
export function requireFormToken(secret: string, given: string | undefined): void {
  const wanted = Buffer.from(formToken(secret))
  const came = Buffer.from(given ?? '')
  if (came.length !== wanted.length || !timingSafeEqual(came, wanted)) throw new Problem('cross_site_request')
}
