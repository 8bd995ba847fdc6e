// The wiring of the admin pages: the verbs of the API behind forms, and the way in.

import type { FastifyInstance } from 'fastify'
import { enterByKey, leaveDesk, recognise } from './admin/enter.ts'
import { adminSessionStore } from './admin/store.ts'
import type { clientVerbs, connectionVerbs } from './app-admin.ts'
import type { metadataVerbs } from './app-metadata.ts'
import type { openSessions } from './app-sessions.ts'
import { auditStore } from './audit/store.ts'
import type { Connection } from './connections/connection.ts'
import { type ConnectionBody, readDraft } from './connections/draft.ts'
import { healthStore } from './connections/health-store.ts'
import { versionStore } from './connections/version-store.ts'
import { addAdminPages } from './http/admin-pages.ts'
import { changeSchema } from './http/body-schema.ts'
import type { Cookies } from './http/cookies.ts'
import type { KeyDeps } from './http/keys.ts'
import type { SetupLinkDeps } from './http/setup-links.ts'
import { judgeAgain } from './judge-again.ts'
import { loginStore } from './logins/store.ts'
import { Problem } from './problem.ts'
import type { Tools } from './saml/response.ts'
import { specification } from './specification.ts'
import type { World } from './world.ts'

/** What the pages share with the rest of the house. */
export interface AdminPagesParts {
  isAdminKey: (key: string) => boolean
  cookies: Cookies
  connections: ReturnType<typeof connectionVerbs>
  clients: ReturnType<typeof clientVerbs>
  refreshing: ReturnType<typeof metadataVerbs>
  sessions: Pick<ReturnType<typeof openSessions>, 'resume' | 'doors'>
  keys: KeyDeps
  links: SetupLinkDeps
  tools: Tools
}

/** Adds the admin pages to a service that is not listening yet. */
export async function openAdminPages(app: FastifyInstance, world: World, parts: AdminPagesParts): Promise<void> {
  const { config, db, sealer, clock, random } = world
  const { publicUrl, adminConnection } = config
  const { cookies, connections, clients, refreshing, sessions, keys, links, tools } = parts
  const desk = {
    ...{ ...adminSessionStore(db), clock, random, adminConnection },
    ...{ isAdminKey: parts.isAdminKey, adminKeyHash: world.adminKeyHash, resume: sessions.resume },
  }
  const attempts = loginStore(db, sealer)
  await addAdminPages(app, {
    ...{
      enter: enterByKey(desk),
      recognise: recognise(desk),
      leave: leaveDesk(desk),
      cookies,
      clock,
      publicUrl,
      keys,
      links,
    },
    ssoUrl: adminConnection === undefined ? undefined : `/login/${adminConnection}?return_to=/admin`,
    connections: {
      ...{ health: healthStore(db), publicUrl, attempts: attempts.lines },
      ...{ get: connections.get, show: connections.show, change: connections.change },
      ...{ signers: refreshing.signers, approve: refreshing.approve, refresh: refreshing.refresh },
      ...{ sessions: sessions.doors.list, endSessions: sessions.doors.end },
    },
    history: {
      events: (which, before, limit) => auditStore(db).list({ ...which, before, limit }),
      ...{ ...versionStore(db), connection: connections.get, restore: connections.restore },
    },
    attempts: {
      ...{ list: attempts.lines, get: attempts.attempt },
      judgeAgain: (attempt, changes) =>
        judgeAgain({ db, sealer, publicUrl, tools })(attempt, current => laidOver(current, changes, clock())),
      connection: connections.get,
    },
    people: {
      sessions: sessions.doors.list,
      end: sessions.doors.end,
      clients: { list: clients.list, get: clients.get },
    },
  })
}

// Made once: to compile the schema takes longer than to judge by it.
let mistakesOf: ReturnType<typeof changeSchema> | undefined

// As PATCH would take the changes; throws `invalid_request`. Nothing is fetched or kept.
function laidOver(current: Connection, changes: object, now: Date): Connection {
  mistakesOf ??= changeSchema(specification())
  const mistakes = mistakesOf(changes)
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  const { settings, certificates } = readDraft(changes as ConnectionBody, current, now)
  return { ...current, ...settings, certificates }
}
