// The demo's backend: what a service behind the gateway does, and nothing more. It asks `/gateway/verify` over HTTP with the
// browser's cookie, takes the bearer token, and verifies it (RFC 9068 §4) with the published keys alone.

import type { FastifyInstance } from 'fastify'
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Html } from '../pages/html.ts'
import { Problem } from '../problem.ts'
import { strangerPage, type Visitor, visitorPage } from './backend-page.ts'
import { sendPage } from './send-page.ts'

/** What the backend knows of the service: its public origin (issuer and audience), where this process listens, and the time. */
export interface BackendDeps {
  publicUrl: string
  baseUrl: () => string
  clock: () => Date
}

const timeout = 5_000

/** Adds `GET /demo/backend`. */
export function backendRoutes(app: FastifyInstance, deps: BackendDeps): void {
  const readToken = tokenReader(deps)
  app.get('/demo/backend', async ({ headers }, reply) => {
    const token = await askGateway(deps.baseUrl(), headers.cookie ?? '')
    const page: Html = token === null ? strangerPage() : visitorPage(await readToken(token))
    return sendPage(reply, page)
  })
}

/** The token that the gateway gives for a browser's cookies; null when nobody is signed in. */
export async function askGateway(baseUrl: string, cookie: string): Promise<string | null> {
  const response = await fetch(`${baseUrl}/gateway/verify`, {
    headers: { cookie },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  }).catch(cause => {
    throw new Problem('unavailable', { cause })
  })
  await response.body?.cancel()
  if (response.status === 401) return null
  const token = /^Bearer ([\w.-]+)$/.exec(response.headers.get('authorization') ?? '')?.[1]
  if (response.status !== 200 || token === undefined) throw new Problem('unavailable', { cause: response.status })
  return token
}

/** Verifies a token as any service would: issuer, audience, type, algorithm, times; the keys come from the JWKS, kept between calls. */
export function tokenReader({ publicUrl, baseUrl, clock }: BackendDeps): (token: string) => Promise<Visitor> {
  let keys: JWTVerifyGetKey | undefined
  return async token => {
    keys ??= createRemoteJWKSet(new URL('/.well-known/jwks.json', baseUrl()), { timeoutDuration: timeout })
    const now = clock()
    const checks = {
      issuer: publicUrl,
      audience: publicUrl,
      typ: 'at+jwt',
      algorithms: ['ES256', 'RS256', 'EdDSA'],
      currentDate: now,
    }
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      ...checks,
      requiredClaims: ['exp', 'iat', 'sub'],
    }).catch(cause => {
      throw new Problem('unavailable', { cause })
    })
    const secondsLeft = Math.max(0, (payload.exp ?? 0) - Math.floor(now.getTime() / 1000))
    return { claims: payload, header: { ...protectedHeader }, secondsLeft }
  }
}
