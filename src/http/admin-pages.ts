// The admin pages: the way in, who is before us, and the guard at every page. Two cookies let somebody in: the one that the admin
// key was given for, and the session of the connection that is named for it. A change wants an operator, the form's own token, and a
// browser that says it comes from here.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Credentials } from '../admin/enter.ts'
import type { Visitor } from '../admin/visitor.ts'
import type { Author } from '../audit/event.ts'
import type { AdminView } from '../pages/admin-frame.ts'
import { adminAgainPage, adminSignInPage } from '../pages/admin-sign-in.ts'
import { Problem } from '../problem.ts'
import { formToken, requireFormToken } from '../setup/link.ts'
import { noticeOf, samePath } from './admin-notices.ts'
import { type AttemptPagesDeps, addAttemptPages } from './admin-pages-attempts.ts'
import { addConnectionPages, type ConnectionPagesDeps } from './admin-pages-connections.ts'
import { addHistoryPages, type HistoryPagesDeps } from './admin-pages-history.ts'
import { addKeyPages } from './admin-pages-keys.ts'
import { addLinkPages } from './admin-pages-links.ts'
import { addPeoplePages, type PeoplePagesDeps } from './admin-pages-people.ts'
import { authorOf } from './author.ts'
import type { Cookies } from './cookies.ts'
import type { KeyDeps } from './keys.ts'
import { wantsPage } from './problems.ts'
import { sendPage } from './send.ts'
import { fieldOf } from './setup-form.ts'
import type { SetupLinkDeps } from './setup-links.ts'

/** The verbs and facts behind these pages. */
export interface AdminPagesDeps {
  enter: (key: string) => Promise<{ secret: string; expiresAt: Date }>
  recognise: (credentials: Credentials) => Promise<Visitor | undefined>
  leave: (secret: string) => Promise<void>
  /** Where people of the connection that is named for these pages sign in. */
  ssoUrl: string | undefined
  cookies: Cookies
  clock: () => Date
  publicUrl: string
  connections: ConnectionPagesDeps
  attempts: AttemptPagesDeps
  people: PeoplePagesDeps
  keys: KeyDeps
  history: HistoryPagesDeps
  links: SetupLinkDeps
}

/** Who reads a page, and what every page shows. */
export interface AdminScene {
  visitor: Visitor
  /** Who the audit log names for a change. */
  author: Author
  view: AdminView
}

/** What is behind the guard. */
export type AdminStep = (scene: AdminScene, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** Adds pages: `read` for whoever may look, `change` for operators. */
export interface Desk {
  read: (path: string, step: AdminStep) => void
  change: (path: string, step: AdminStep) => void
}

const entering = { rateLimit: { max: 10, timeWindow: 60_000 } }
const inside = { rateLimit: { max: 600, timeWindow: 60_000 } }

/** Adds the pages under /admin. */
export async function addAdminPages(app: FastifyInstance, deps: AdminPagesDeps): Promise<void> {
  await app.register(async scope => {
    scope.post('/admin/sign-in', { config: entering }, (request, reply) => signIn(deps, request, reply))
    scope.post('/admin/sign-out', { config: inside }, (request, reply) => signOut(deps, request, reply))
    const desk = openDesk(scope, deps)
    addConnectionPages(desk, deps.connections, deps.clock)
    addAttemptPages(desk, deps.attempts)
    addPeoplePages(desk, deps.people)
    addKeyPages(desk, deps.keys)
    addHistoryPages(desk, deps.history)
    addLinkPages(desk, deps.links)
  })
}

function openDesk(scope: FastifyInstance, deps: AdminPagesDeps): Desk {
  return {
    read: (path, step) => {
      scope.get(path, { config: inside, exposeHeadRoute: false }, async (request, reply) => {
        const visitor = await deps.recognise(credentialsOf(deps, request))
        if (!visitor) return outside(deps, request, reply)
        return step(sceneFor(deps, visitor, request), request, reply)
      })
    },
    change: (path, step) => {
      scope.post(path, { config: inside }, async (request, reply) => {
        const visitor = await mayChange(deps, request)
        if (!visitor) return outside(deps, request, reply)
        if (visitor.role !== 'operator') throw new Problem('operator_needed')
        return step(sceneFor(deps, visitor, request), request, reply)
      })
    },
  }
}

function sceneFor(deps: AdminPagesDeps, visitor: Visitor, request: FastifyRequest): AdminScene {
  const author = { ...authorOf(request), actor: visitor.actor }
  return { visitor, author, view: viewFor(deps, visitor, request) }
}

function viewFor({ clock }: AdminPagesDeps, { name, role, secret }: Visitor, { query }: FastifyRequest): AdminView {
  const { done } = query as { done?: unknown }
  return {
    ...{ who: name, mayChange: role === 'operator', formToken: formToken(secret), now: clock() },
    notice: noticeOf(done),
  }
}

function credentialsOf({ cookies }: AdminPagesDeps, request: FastifyRequest): Credentials {
  return { admin: cookies.admin(request), session: cookies.session(request) }
}

// The visitor, whose form it must be; undefined where nobody is signed in.
async function mayChange(deps: AdminPagesDeps, request: FastifyRequest): Promise<Visitor | undefined> {
  requireOwnSite(deps, request)
  const visitor = await deps.recognise(credentialsOf(deps, request))
  if (visitor) requireFormToken(visitor.secret, fieldOf(request, 'form_token'))
  return visitor
}

// Our pages send no referrer, so their forms have the Origin "null" (Fetch §3.2): what the browser itself says of the site counts.
function requireOwnSite({ publicUrl }: AdminPagesDeps, { headers }: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = headers
  const own =
    site === undefined ? origin === undefined || origin === 'null' || origin === publicUrl : site === 'same-origin'
  if (!own) throw new Problem('cross_site_request')
}

function outside(deps: AdminPagesDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!wantsPage(request)) throw new Problem('unauthorized')
  const next = samePath(request.method === 'GET' ? request.url : '/admin')
  const { again } = request.query as { again?: unknown }
  if (request.headers['sec-fetch-site'] === 'cross-site' && again === undefined) {
    const url = `${next}${next.includes('?') ? '&' : '?'}again=1`
    return sendPage(reply.header('refresh', `0; url=${url}`), adminAgainPage(url))
  }
  const { ssoUrl } = deps
  const error =
    ssoUrl !== undefined && deps.cookies.session(request) !== undefined
      ? 'You are signed in, but not to these pages: your account has none of the roles assay-viewer and assay-operator here, or it signed in more than eight hours ago.'
      : undefined
  return sendPage(reply.code(401), adminSignInPage({ next, ssoUrl, error }))
}

async function signIn(deps: AdminPagesDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireOwnSite(deps, request)
  const next = samePath(fieldOf(request, 'next'))
  try {
    const { secret, expiresAt } = await deps.enter(fieldOf(request, 'key'))
    deps.cookies.setAdmin(reply, secret, expiresAt)
    request.log.info({ actor: 'admin-key' }, 'admin pages opened')
    return go(reply, next)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unauthorized') throw error
    request.log.warn('a wrong admin key at the admin pages')
    const said = 'This is not the admin key. Copy it again, without spaces around it.'
    return sendPage(reply.code(401), adminSignInPage({ next, ssoUrl: deps.ssoUrl, error: said }))
  }
}

async function signOut(deps: AdminPagesDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visitor = await mayChange(deps, request)
  if (visitor && visitor.actor !== 'admin-key') return go(reply, '/logout')
  if (visitor) await deps.leave(visitor.secret)
  deps.cookies.clearAdmin(reply)
  return sendPage(reply, adminSignInPage({ next: '/admin', ssoUrl: deps.ssoUrl, left: true }))
}

/** Sends a browser on with GET. */
export function go(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(path, 303)
}
