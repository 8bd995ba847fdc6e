// Verbs of the fitting room: make a link, open it, switch the draft on.

import type { Author } from '../audit/event.ts'
import type { Connection } from '../connections/connection.ts'
import type { ConnectionDraft } from '../connections/draft.ts'
import { Problem } from '../problem.ts'
import { candidateOf } from './draft.ts'
import { authorOf, hashOf, linkDefaults, type SetupLink, type SetupSession, sessionSeconds } from './link.ts'

/** What the API may say of a new link. */
export interface LinkBody {
  tenant: string
  connection?: string
  /** Seconds. */
  expires_in?: number
  uses?: number
}

/** What these verbs may use. */
export interface SetupDeps {
  findConnection: (id: string) => Promise<Connection | undefined>
  insert: (link: SetupLink, tokenHash: Buffer, author: Author) => Promise<void>
  linkOf: (tokenHash: Buffer, now: Date) => Promise<string | undefined>
  open: (tokenHash: Buffer, session: { id: string; secretHash: Buffer; until: Date }, now: Date) => Promise<boolean>
  session: (secretHash: Buffer, now: Date) => Promise<SetupSession | undefined>
  settle: (linkId: string) => Promise<void>
  /** Makes a connection with this id, or makes the one that is still at `version` this. */
  put: (id: string, draft: ConnectionDraft, version: number | undefined, author: Author) => Promise<Connection>
  newId: () => string
  clock: () => Date
  random: (bytes: number) => Buffer
  publicUrl: string
}

/** Makes a link and its one address; throws `connection_not_found` where the connection is not this tenant's. */
export function createLink(deps: SetupDeps) {
  return async (body: LinkBody, author: Author): Promise<{ link: SetupLink; url: string }> => {
    const { tenant, connection, expires_in = linkDefaults.expires_in, uses = linkDefaults.uses } = body
    const found = connection === undefined ? undefined : await deps.findConnection(connection)
    if (connection !== undefined && found?.tenant !== tenant) throw new Problem('connection_not_found')
    const token = deps.random(32).toString('base64url')
    const now = deps.clock()
    const link: SetupLink = {
      ...{ id: deps.newId(), tenant, uses, used: 0 },
      connection_id: found?.id ?? null,
      target_id: found?.id ?? deps.newId(),
      created_at: now,
      expires_at: new Date(now.getTime() + expires_in * 1000),
    }
    await deps.insert(link, hashOf(token), author)
    return { link, url: `${deps.publicUrl}/setup/${token}` }
  }
}

/**
 * Opens a link in a browser and answers the secret for its cookie; a browser that is in already keeps its own, uncounted. Throws
 * `setup_link_over` where the link is unknown, over or used up.
 */
export function openLink(deps: SetupDeps) {
  return async (token: string, secret: string | undefined): Promise<{ secret: string; expiresAt: Date }> => {
    const now = deps.clock()
    const inside = secret === undefined ? undefined : await deps.session(hashOf(secret), now)
    if (secret !== undefined && inside && inside.link.id === (await deps.linkOf(hashOf(token), now)))
      return { secret, expiresAt: inside.expires_at }
    const made = deps.random(32).toString('base64url')
    const until = new Date(now.getTime() + sessionSeconds * 1000)
    const session = { id: deps.newId(), secretHash: hashOf(made), until }
    if (!(await deps.open(hashOf(token), session, now))) throw new Problem('setup_link_over')
    return { secret: made, expiresAt: until }
  }
}

/** Makes the draft the connection's settings and switches it on; throws `setup_not_tested` where no test has passed with exactly these. */
export function switchOn(deps: SetupDeps) {
  return async ({ draft, link, passed_settings }: SetupSession): Promise<Connection> => {
    const current = await deps.findConnection(link.target_id)
    const given = { id: link.target_id, tenant: link.tenant, current, now: deps.clock() }
    const { settingsHash, draft: wanted } = candidateOf(draft, given)
    if (!passed_settings?.equals(settingsHash)) throw new Problem('setup_not_tested')
    // The version holds what was tested to what is changed: nobody else's change comes in between.
    const made = await deps.put(link.target_id, wanted, current?.version, authorOf(link))
    if (link.connection_id === null) await deps.settle(link.id)
    return made
  }
}
