// The browser's doors: begin a login, take the response.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from '../clients/client.ts'
import { safeReturnTo } from '../clients/return-to.ts'
import type { Connection } from '../connections/connection.ts'
import type { Hint } from '../logins/find.ts'
import type { Finished, FinishInput } from '../logins/finish.ts'
import type { Started, StartInput } from '../logins/start.ts'
import { chooserPage } from '../pages/chooser.ts'
import { findPage } from '../pages/find.ts'
import { postPage } from '../pages/post.ts'
import { refusalPage } from '../pages/refusal.ts'
import { Problem } from '../problem.ts'
import type { Cookies } from './cookies.ts'
import { wantsPage } from './problems.ts'
import { type Doors, sendPage } from './send.ts'

/** The verbs and facts behind these doors. */
export interface SignInDeps {
  find: (hint: Hint, client: Client) => Promise<Connection[]>
  start: (input: StartInput) => Promise<Started>
  finish: (input: FinishInput) => Promise<Finished>
  /** Takes a response that answers a test sign-in of a set-up; false for every other. */
  finishTest: (input: FinishInput) => Promise<boolean>
  /** The connection of the login that a RelayState names. */
  connectionOf: (relayState: string) => Promise<string | undefined>
  findClient: (clientId: string | undefined, returnTo: string | undefined) => Promise<Client>
  cookies: Cookies
  publicUrl: string
  explainUrl: ((traceId: string) => string) | undefined
  /** Whom a refused person turns to: an e-mail address or a URL. */
  contact: string | undefined
}

type Query = Hint & { client?: string; return_to?: string }

/** The doors of signing in. */
export function signInDoors(deps: SignInDeps): Doors {
  return {
    findLogin: (request, reply) => findLogin(deps, request, reply),
    startLogin: (request, reply) => {
      const { connection } = request.params as { connection: string }
      return start(deps, connection, request, reply)
    },
    finishLogin: (request, reply) => {
      const { connection } = request.params as { connection: string }
      return finish(deps, connection, request, reply)
    },
    finishSharedLogin: async (request, reply) => {
      const { RelayState: relayState = '' } = request.body as { RelayState?: string }
      const connection = await deps.connectionOf(relayState)
      if (connection !== undefined) return finish(deps, connection, request, reply)
      request.log.info({ outcome: 'refused', code: 'login_unknown' }, 'login')
      throw new Problem('login_refused', { detail: 'This address takes only answers to sign-ins that began here.' })
    },
    otherBinding: () => {
      throw otherBinding()
    },
  }
}

async function findLogin(deps: SignInDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { client, return_to, ...hint } = request.query as Query
  const asking = await deps.findClient(client, return_to)
  // Before anybody types an address or chooses: afterwards it would be too late.
  if (return_to !== undefined && safeReturnTo(return_to, asking, deps.publicUrl) === undefined)
    throw new Problem('return_to_not_allowed')
  const found = await deps.find(hint, asking)
  const [only, another] = found
  if (only && !another) return start(deps, only.id, request, reply, asking.client_id)
  if (another) {
    const choices = found.map(one => ({ name: one.name, url: `/login/${one.id}${search({ client, return_to })}` }))
    return sendPage(reply, chooserPage({ choices }))
  }
  const asked = hint.email !== undefined || hint.domain !== undefined || hint.tenant !== undefined
  if (asked && !wantsPage(request)) throw new Problem('no_connection_found')
  const message = asked
    ? 'No company sign-in is set up for that. Check the address, or ask your administrator for the right link.'
    : undefined
  const hidden = given({ client, return_to })
  return sendPage(reply.code(asked ? 404 : 200), findPage({ action: '/login', hidden, email: hint.email, message }))
}

async function start(
  deps: SignInDeps,
  connectionId: string,
  request: FastifyRequest,
  reply: FastifyReply,
  found?: string,
) {
  const { client, return_to } = request.query as Query
  const started = await deps.start({
    connectionId,
    clientId: found ?? client,
    returnTo: return_to,
    browser: deps.cookies.browser(request),
    session: deps.cookies.session(request),
  })
  return sendToProvider(deps.cookies, started, reply)
}

/** Sends a browser to the identity provider, with the cookie that it must bring back. */
export function sendToProvider(cookies: Cookies, { browser, dispatch }: Started, reply: FastifyReply): FastifyReply {
  cookies.setBrowser(reply, browser)
  reply.header('cache-control', 'no-store')
  if (dispatch.binding === 'redirect') return reply.redirect(dispatch.url, 302)
  return sendPage(reply, postPage({ ...dispatch, title: 'Taking you to your company’s sign-in' }))
}

async function finish(
  deps: SignInDeps,
  connection: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = request.body as { SAMLResponse?: string; RelayState?: string; SAMLart?: string }
  if (body.SAMLart !== undefined) throw otherBinding()
  if (body.SAMLResponse === undefined)
    throw new Problem('invalid_request', { mistakes: [{ field: 'SAMLResponse', message: 'is needed.' }] })
  const input: FinishInput = {
    connectionId: connection,
    samlResponse: body.SAMLResponse,
    relayState: body.RelayState ?? '',
    browser: deps.cookies.browser(request),
    address: request.ip,
  }
  if (await deps.finishTest(input)) return reply.header('cache-control', 'no-store').redirect('/setup/test', 303)
  try {
    const finished = await deps.finish(input)
    request.log.info({ trace_id: finished.traceId, connection, outcome: 'accepted' }, 'login')
    deps.cookies.setSession(reply, finished.sessionSecret, finished.expiresAt)
    return reply.header('cache-control', 'no-store').redirect(finished.returnTo, 303)
  } catch (error) {
    if (!(error instanceof Problem) || error.traceId === undefined) throw error
    return refuse(deps, error, error.traceId, connection, request, reply)
  }
}

function otherBinding(): Problem {
  const detail = 'At the identity provider, set the binding of this application’s responses to HTTP-POST.'
  return new Problem('binding_not_taken', { detail })
}

function refuse(
  deps: SignInDeps,
  problem: Problem,
  traceId: string,
  connection: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const code = problem.cause instanceof Problem ? problem.cause.code : problem.code
  request.log.info({ trace_id: traceId, connection, outcome: 'refused', code }, 'login')
  if (!wantsPage(request)) throw problem
  const retryUrl = problem.retryPath ?? `/login/${encodeURIComponent(connection)}`
  return sendPage(
    reply.code(problem.status),
    refusalPage({ traceId, retryUrl, contact: deps.contact, explainUrl: deps.explainUrl?.(traceId) }),
  )
}

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function search(values: Record<string, string | undefined>): string {
  const text = new URLSearchParams(given(values)).toString()
  return text === '' ? '' : `?${text}`
}
