// The verdict for gateways: who is signed in, as headers. nginx, Caddy, HAProxy, Traefik and Envoy ask before they let a request
// through. How each of them asks: examples/gateways/.

import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsConnection, type Client } from '../clients/client.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import type { Cookies } from './cookies.ts'
import { onError, wantsPage } from './problems.ts'
import type { Doors } from './send.ts'

/** The verbs and facts behind this door. */
export interface GatewayDeps {
  resume: (secret: string) => Promise<Session | undefined>
  mint: (session: Session, client: Client) => Promise<{ token: string }>
  findClient: (clientId: string | undefined, returnTo: string | undefined) => Promise<Client>
  isTrustedProxy: (address: string | undefined) => boolean
  cookies: Cookies
  publicUrl: string
}

// How a stranger is answered: 401, 302, or what of both fits the request. And where they were going, as far as that is believed.
interface Question {
  clientId: string | undefined
  mode: 'status' | 'redirect' | 'page' | undefined
  original: string | undefined
}

/** The gateway's doors. */
export function gatewayDoors(deps: GatewayDeps): Doors {
  return {
    gatewayVerify: (request, reply) => {
      const { client: clientId, mode } = request.query as { client?: string; mode?: Question['mode'] }
      return verify(deps, { clientId, mode, original: originalUrl(deps, request) }, request, reply)
    },
    gatewayVerifyPath: (request, reply) => {
      const { client: clientId } = request.params as { client: string }
      return verify(deps, { clientId, mode: 'page', original: appendedUrl(deps, request) }, request, reply)
    },
  }
}

/**
 * What a gateway forwards as it is, method, path, query, content type and all, is routed as a GET of the door alone: none of it is
 * judged, and no body is read. The address is whole in `originalUrl`. Every other request stays what it was.
 */
export function takeAnyRequest(raw: IncomingMessage): string {
  const door = /^\/gateway\/verify\/[^/?]+\//.exec(raw.url ?? '')?.[0]
  if (door === undefined) return raw.url ?? ''
  raw.method = 'GET'
  return door
}

async function verify(deps: GatewayDeps, question: Question, request: FastifyRequest, reply: FastifyReply) {
  const client = await deps.findClient(question.clientId, undefined)
  const secret = deps.cookies.session(request)
  const session = secret === undefined ? undefined : await deps.resume(secret)
  reply.header('cache-control', 'no-store')
  if (!session) return stranger(deps, client, question, request, reply)
  if (!acceptsConnection(client, session.connection_id)) {
    reply.header('x-auth-login', loginUrl(deps, client, question))
    throw new Problem('connection_not_allowed')
  }
  const { token } = await deps.mint(session, client)
  return reply
    .headers({ authorization: `Bearer ${token}`, ...identityHeaders(session) })
    .code(200)
    .send()
}

// Bytes. Encoding makes up to three of one; gateways read 16 KB of headers or less, and the token needs up to half. What is cut
// would be another value, so what is too long is left out whole; the token has it.
const longestValue = 2048

function identityHeaders({ sub, tenant, claims }: Session): Record<string, string> {
  const { email, roles } = claims
  const values = {
    email: typeof email === 'string' ? headerText(email) : '',
    roles: (Array.isArray(roles) ? roles : []).map(role => headerText(role).replaceAll(',', '%2C')).join(','),
  }
  const fit = (value: string) => (value.length <= longestValue ? value : '')
  const omitted = Object.entries(values).filter(([, value]) => fit(value) !== value)
  return {
    'x-auth-subject': sub,
    'x-auth-email': fit(values.email),
    'x-auth-tenant': tenant,
    'x-auth-roles': fit(values.roles),
    // Said even where it is empty: a gateway that copies what comes then overwrites what a client sent.
    'x-auth-omitted': omitted.map(([name]) => name).join(','),
  }
}

// A header is visible ASCII (RFC 9110 §5.5); everything else, and the sign of the encoding itself, is percent-encoded UTF-8.
function headerText(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x24\x26-\x7e]/gu, character => encodeURIComponent(character))
}

function stranger(deps: GatewayDeps, client: Client, question: Question, request: FastifyRequest, reply: FastifyReply) {
  const { mode } = question
  const login = loginUrl(deps, client, question)
  if (mode === 'redirect' || (mode === 'page' && wantsPage(request))) return reply.redirect(login, 302)
  return onError(new Problem('no_session'), request, reply.header('x-auth-login', login))
}

function loginUrl({ publicUrl }: GatewayDeps, client: Client, { original }: Question): string {
  const login = new URL('/login', publicUrl)
  login.searchParams.set('client', client.client_id)
  const returnTo = original === undefined ? undefined : returnable(original)
  if (returnTo !== undefined) login.searchParams.set('return_to', returnTo)
  return login.href
}

// Where the person was going, as the gateway says it; only a gateway that TRUSTED_PROXIES names is believed.
function originalUrl({ isTrustedProxy }: GatewayDeps, { headers, socket }: FastifyRequest): string | undefined {
  if (!isTrustedProxy(socket.remoteAddress)) return undefined
  const whole = headers['x-original-url']
  if (typeof whole === 'string' && /^https?:/.test(whole)) return whole
  const [proto, host, uri] = [headers['x-forwarded-proto'], headers['x-forwarded-host'], headers['x-forwarded-uri']]
  return typeof proto === 'string' && typeof host === 'string' ? `${proto}://${host}${uri ?? '/'}` : undefined
}

// The same from a gateway that keeps Host and appends path and query to our address.
function appendedUrl(
  { isTrustedProxy }: GatewayDeps,
  { headers, socket, originalUrl: url }: FastifyRequest,
): string | undefined {
  const { host, 'x-forwarded-proto': proto } = headers
  if (!isTrustedProxy(socket.remoteAddress) || typeof proto !== 'string' || host === undefined) return undefined
  return `${proto}://${host}${url.replace(/^(\/[^/]+){3}/, '')}`
}

// In the form that a return_to has (clients/return-to.ts). Browsers leave a backslash in a query as it is, and programs send any
// byte. What is too long comes back without its query, or not at all: better there than nowhere.
function returnable(url: string): string | undefined {
  const byte = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
  const whole = url.replace(/[^\x21-\x5b\x5d-\x7e]/g, byte)
  return [whole, whole.replace(/\?.*/, '')].find(({ length }) => length <= 2048)
}
