// The verdict for gateways: who is signed in, as headers. nginx, Caddy, Traefik and Envoy ask before they let a request through.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsConnection, type Client } from '../clients/client.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import type { Cookies } from './cookies.ts'
import { onError } from './problems.ts'
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

/** The gateway's door. */
export function gatewayDoors(deps: GatewayDeps): Doors {
  return {
    gatewayVerify: async (request, reply) => {
      const { client: clientId, mode } = request.query as { client?: string; mode?: 'status' | 'redirect' }
      const client = await deps.findClient(clientId, undefined)
      const secret = deps.cookies.session(request)
      const session = secret === undefined ? undefined : await deps.resume(secret)
      reply.header('cache-control', 'no-store')
      if (!session) return stranger(deps, client, mode, request, reply)
      if (!acceptsConnection(client, session.connection_id)) throw new Problem('connection_not_allowed')
      const { token } = await deps.mint(session, client)
      return reply
        .headers({ authorization: `Bearer ${token}`, ...identityHeaders(session) })
        .code(200)
        .send()
    },
  }
}

function identityHeaders({ sub, tenant, claims }: Session): Record<string, string> {
  const { email, roles } = claims
  return {
    'x-auth-subject': sub,
    'x-auth-email': typeof email === 'string' ? headerText(email) : '',
    'x-auth-tenant': tenant,
    'x-auth-roles': (Array.isArray(roles) ? roles : []).map(role => headerText(role).replaceAll(',', '%2C')).join(','),
  }
}

// A header is visible ASCII (RFC 9110 §5.5); everything else, and the sign of the encoding itself, is percent-encoded UTF-8.
function headerText(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x24\x26-\x7e]/gu, character => encodeURIComponent(character))
}

function stranger(
  deps: GatewayDeps,
  client: Client,
  mode: string | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const login = new URL('/login', deps.publicUrl)
  login.searchParams.set('client', client.client_id)
  const returnTo = originalUrl(deps, request)
  if (returnTo !== undefined) login.searchParams.set('return_to', returnTo)
  if (mode === 'redirect') return reply.redirect(login.href, 302)
  return onError(new Problem('no_session'), request, reply.header('x-auth-login', login.href))
}

// Where the person was going, as the gateway says it; only a gateway that TRUSTED_PROXIES names is believed.
function originalUrl({ isTrustedProxy }: GatewayDeps, { headers, socket }: FastifyRequest): string | undefined {
  if (!isTrustedProxy(socket.remoteAddress)) return undefined
  const whole = headers['x-original-url']
  if (typeof whole === 'string' && /^https?:/.test(whole)) return whole
  const [proto, host, uri] = [headers['x-forwarded-proto'], headers['x-forwarded-host'], headers['x-forwarded-uri']]
  return typeof proto === 'string' && typeof host === 'string' ? `${proto}://${host}${uri ?? '/'}` : undefined
}
