// The browser's doors on the way out: leave, and the messages of single logout.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from '../clients/client.ts'
import { safeReturnTo } from '../clients/return-to.ts'
import type { LeaveInput, Leaving } from '../logouts/leave.ts'
import type { Received, ReceiveInput } from '../logouts/receive.ts'
import { afterEndSession, askingClient, type EndSessionQuery } from '../oauth/end-session.ts'
import { postPage } from '../pages/post.ts'
import { signedOutPage } from '../pages/signed-out.ts'
import { Problem } from '../problem.ts'
import type { Cookies } from './cookies.ts'
import { wantsPage } from './problems.ts'
import { type Doors, sendPage } from './send.ts'

/** The verbs and facts behind these doors. */
export interface SignOutDeps {
  leave: (input: LeaveInput) => Promise<Leaving | undefined>
  receive: (input: ReceiveInput) => Promise<Received>
  /** Whether a session cookie still opens a session. */
  opens: (secret: string) => Promise<boolean>
  /** Whether somebody left this connection in the browser of a login cookie, and no answer has come. */
  begun: (connectionId: string, browser: string) => Promise<boolean>
  findClient: (clientId: string | undefined, returnTo: string | undefined) => Promise<Client>
  cookies: Cookies
  publicUrl: string
}

type Transport = ReceiveInput['transport']

/** The doors of signing out. */
export function signOutDoors(deps: SignOutDeps): Doors {
  const logout = (request: FastifyRequest, reply: FastifyReply) => signOut(deps, request, reply)
  const receive = (request: FastifyRequest, reply: FastifyReply) => receiveMessage(deps, request, reply)
  return { logout, postLogout: logout, receiveLogout: receive, receiveLogoutForm: receive }
}

async function signOut(deps: SignOutDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const query = request.query as EndSessionQuery & { client?: string; return_to?: string }
  const { client: clientId = askingClient(query), return_to: returnTo } = query
  const client = await deps.findClient(clientId, returnTo)
  if (request.method === 'POST') requireOwnSite(deps, client, request)
  const destination =
    returnTo === undefined ? afterEndSession(query, client) : afterLogout(returnTo, client, deps.publicUrl)
  const leaving = await deps.leave({
    secret: deps.cookies.session(request),
    browser: deps.cookies.browser(request),
    returnTo: destination,
    elsewhere: isWholePage(request) && (request.method === 'POST' || !isForeign(deps, client, request)),
  })
  deps.cookies.clearSession(reply)
  reply.header('cache-control', 'no-store')
  if (leaving) {
    deps.cookies.setBrowser(reply, leaving.browser)
    return send(leaving.dispatch, 'Taking you to your company’s sign-in to sign out', reply)
  }
  return destination === undefined ? sendPage(reply, signedOutPage({})) : reply.redirect(destination, 303)
}

function afterLogout(returnTo: string, client: Client, publicUrl: string): string {
  const exact = client.post_logout_redirect_uris.includes(returnTo) ? returnTo : undefined
  const safe = exact ?? safeReturnTo(returnTo, client, publicUrl)
  if (safe === undefined) throw new Problem('return_to_not_allowed')
  return safe
}

// A form of a foreign site must not sign people out. Our own pages send no referrer, so their Origin is "null" (Fetch §3.2): what the
// browser itself says of the site comes first.
function requireOwnSite({ publicUrl }: SignOutDeps, client: Client, { headers }: FastifyRequest): void {
  const { origin } = headers
  if (headers['sec-fetch-site'] === 'same-origin' || origin === undefined) return
  if (origin !== publicUrl && !client.origins.includes(origin)) throw new Problem('cross_site_request')
}

// A frame or a script cannot be led to the identity provider and back; the session here ends all the same.
function isWholePage({ headers }: FastifyRequest): boolean {
  return (headers['sec-fetch-dest'] ?? 'document') === 'document'
}

// A foreign site's link ends the session here, which harms nobody; it does not reach for everything else that the person has open.
function isForeign({ publicUrl }: SignOutDeps, client: Client, { headers }: FastifyRequest): boolean {
  if (headers['sec-fetch-site'] !== 'cross-site') return false
  const origin = URL.parse(headers.referer ?? '')?.origin
  return origin === undefined || (origin !== publicUrl && !client.origins.includes(origin))
}

async function receiveMessage(deps: SignOutDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { connection } = request.params as { connection: string }
  const transport = transportOf(request)
  reply.header('cache-control', 'no-store')
  try {
    const received = await deps.receive({
      connectionId: connection,
      transport,
      browser: deps.cookies.browser(request),
    })
    return await answer(deps, received, connection, request, reply)
  } catch (error) {
    if (!(error instanceof Problem) || error.traceId === undefined) throw error
    return refuse(deps, error, error.traceId, connection, request, reply)
  }
}

// What was signed is the query as it stood in the address, so it is taken from there.
function transportOf(request: FastifyRequest): Transport {
  if (request.method === 'POST')
    return { binding: 'post', fields: (request.body ?? {}) as Extract<Transport, { binding: 'post' }>['fields'] }
  const url = request.raw.url ?? ''
  const at = url.indexOf('?')
  return { binding: 'redirect', query: at === -1 ? '' : url.slice(at + 1) }
}

async function answer(
  deps: SignOutDeps,
  received: Received,
  connection: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { traceId, kind } = received
  if (kind === 'request') {
    request.log.info({ trace_id: traceId, connection, outcome: 'accepted', sessions: received.ended.length }, 'logout')
    const secret = deps.cookies.session(request)
    if (secret !== undefined && !(await deps.opens(secret))) deps.cookies.clearSession(reply)
    if (received.dispatch.binding === 'post') letFrame(reply, received.dispatch.action)
    return send(received.dispatch, 'Taking you back to your company’s sign-in', reply)
  }
  const { elsewhere, status, returnTo } = received
  request.log.info({ trace_id: traceId, connection, outcome: 'accepted', elsewhere, status }, 'logout')
  if (elsewhere === 'done' && returnTo !== undefined) return reply.redirect(returnTo, 303)
  return sendPage(reply, signedOutPage({ elsewhere, next: returnTo }))
}

async function refuse(
  deps: SignOutDeps,
  problem: Problem,
  traceId: string,
  connection: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const cause = problem.cause instanceof Problem ? problem.cause : problem
  request.log.info(
    { trace_id: traceId, connection, outcome: 'refused', code: cause.code, found: cause.detail },
    'logout',
  )
  if (!wantsPage(request) || !(await hasLeft(deps, connection, request))) throw problem
  return sendPage(reply.code(problem.status), signedOutPage({ elsewhere: 'unconfirmed', traceId }))
}

// Anybody can send a browser here with a bad message: it is told that it is out only where it is.
async function hasLeft(deps: SignOutDeps, connection: string, request: FastifyRequest): Promise<boolean> {
  const [session, browser] = [deps.cookies.session(request), deps.cookies.browser(request)]
  if (browser === undefined || (session !== undefined && (await deps.opens(session)))) return false
  return deps.begun(connection, browser)
}

function send(dispatch: Leaving['dispatch'], title: string, reply: FastifyReply): FastifyReply {
  if (dispatch.binding === 'redirect') return reply.redirect(dispatch.url, 303)
  return sendPage(reply, postPage({ ...dispatch, title }))
}

// Identity providers ask all applications at once, each in a frame of their own page: there, this one form may be shown.
function letFrame(reply: FastifyReply, action: string): void {
  const origin = URL.parse(action)?.origin
  const policy = String(reply.getHeader('content-security-policy'))
  reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", `frame-ancestors ${origin}`))
  reply.removeHeader('x-frame-options')
}
