// The doors of the code flow: /authorize for browsers; /token, /introspect, /revoke and /userinfo for clients. Errors of the latter leave
// in the form of OAuth (http/problems.ts).

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from '../clients/client.ts'
import type { Started } from '../logins/start.ts'
import type { Authorized, Visitor } from '../oauth/authorize.ts'
import type { Credentials } from '../oauth/client-authentication.ts'
import type { TokenAnswer, TokenRequest } from '../oauth/exchange.ts'
import type { AuthorizeQuery } from '../oauth/request.ts'
import { chooserPage } from '../pages/chooser.ts'
import { findPage } from '../pages/find.ts'
import { Problem } from '../problem.ts'
import { basicCredentials } from './basic.ts'
import type { Cookies } from './cookies.ts'
import { type Door, type Doors, sendPage } from './send.ts'
import { sendToProvider } from './sign-in.ts'

/** The verbs and facts behind these doors. */
export interface OAuthDeps {
  authorize: (query: AuthorizeQuery, visitor: Visitor) => Promise<Authorized<Started>>
  authenticate: (credentials: Credentials) => Promise<Client>
  /** The same from memory, however old, for `exchange`, which sees whether it is so still. */
  recognise: (credentials: Credentials) => Promise<Client>
  exchange: (request: TokenRequest, client: Client) => Promise<TokenAnswer>
  introspect: (token: string, client: Client) => Promise<object>
  revoke: (token: string, client: Client) => Promise<void>
  userInfo: (token: string) => Promise<object>
  /** Whether any client has this origin. */
  isOrigin: (origin: string) => Promise<boolean>
  cookies: Cookies
}

type Form = Omit<Credentials, 'basic'> & TokenRequest & { token: string }

/** The doors of OAuth 2.0 and OpenID Connect. */
export function oauthDoors(deps: OAuthDeps): Doors {
  const withClient = (answer: (form: Form, client: Client) => Promise<unknown>, prove = deps.authenticate): Door =>
    forBrowsersToo(deps, async (request, reply) => {
      const form = request.body as Form
      const client = await prove({ ...form, basic: basicCredentials(request.headers.authorization) })
      return reply.send(await answer(form, client))
    })
  const userInfo = forBrowsersToo(deps, async (request, reply) => reply.send(await deps.userInfo(bearer(request))))
  const preflight = forBrowsersToo(deps, async (_, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'Authorization, Content-Type',
      })
      .header('access-control-max-age', '600')
      .code(204)
      .send(),
  )
  return {
    authorize: (request, reply) => authorize(deps, request, reply),
    token: withClient(deps.exchange, deps.recognise),
    introspect: withClient(({ token }, client) => deps.introspect(token, client)),
    revoke: withClient(({ token }, client) => deps.revoke(token, client)),
    userInfo,
    postUserInfo: userInfo,
    tokenPreflight: preflight,
    revokePreflight: preflight,
    userInfoPreflight: preflight,
  }
}

async function authorize(deps: OAuthDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const query = request.query as AuthorizeQuery
  const { cookies } = deps
  const next = await deps.authorize(query, { session: cookies.session(request), browser: cookies.browser(request) })
  reply.header('cache-control', 'no-store')
  if ('go' in next) return reply.redirect(next.go, 303)
  if ('started' in next) return sendToProvider(cookies, next.started, reply)
  const { email, login_hint, domain_hint, connection, ...asked } = query
  if ('choices' in next) {
    const url = (id: string) => `/authorize?${new URLSearchParams({ ...texts(asked), connection: id })}`
    return sendPage(reply, chooserPage({ choices: next.choices.map(one => ({ name: one.name, url: url(one.id) })) }))
  }
  const again = next.ask === 'again'
  const message = again
    ? 'No company sign-in is set up for that. Check the address, or ask your administrator.'
    : undefined
  const page = findPage({ action: '/authorize', hidden: texts(asked), email: email ?? login_hint, message })
  return sendPage(reply.code(again ? 404 : 200), page)
}

function texts(query: object): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter((one): one is [string, string] => typeof one[1] === 'string'))
}

// No answer is kept, and scripts at a client's origin may read it: no cookie is looked at here, so that gives away nothing.
function forBrowsersToo({ isOrigin }: OAuthDeps, door: Door): Door {
  return async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache', vary: 'Origin' })
    const { origin } = request.headers
    if (origin !== undefined && (await isOrigin(origin)))
      reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'WWW-Authenticate' })
    return door(request, reply)
  }
}

// RFC 6750 §2.1: in the header, and nowhere else.
function bearer({ headers }: FastifyRequest): string {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token === undefined) throw new Problem('unauthorized')
  return token
}
