// A browser out of fetch: begins a login, and brings what the identity provider answers.

import { inflateRawSync } from 'node:zlib'
import type { JWTPayload } from 'jose'
import type { Attempt, Connection, Stage } from '../support.ts'

/** A login under way by HTTP-Redirect: where it leads, the request in there, and the cookie of the browser that began it. */
export interface Begun {
  location: string
  request: string
  requestId: string
  relayState: string
  cookie: string
}

/** Begins a login. */
export async function begin(stage: Stage, { id }: Connection): Promise<Begun> {
  const { headers } = await fetch(`${stage.publicUrl}/login/${id}?client=app`, { redirect: 'manual' })
  const location = headers.get('location') ?? ''
  const query = new URL(location).searchParams
  const request = inflateRawSync(Buffer.from(query.get('SAMLRequest') ?? '', 'base64')).toString()
  const requestId = / ID="([^"]+)"/.exec(request)?.[1] ?? ''
  return { location, request, requestId, relayState: query.get('RelayState') ?? '', cookie: cookieIn(headers) }
}

/** Posts a Response; answers what the backend then reads from the token, or the code of the refusal. */
export async function bring(
  stage: Stage,
  { sp }: Connection,
  { relayState, cookie }: Begun,
  response: string,
): Promise<{ claims?: JWTPayload; code: string | null }> {
  const body = new URLSearchParams({ SAMLResponse: Buffer.from(response).toString('base64'), RelayState: relayState })
  const posted = await fetch(sp.acs_url, { method: 'POST', body, headers: { cookie }, redirect: 'manual' })
  if (posted.status === 303) {
    const shown = await fetch(stage.backend, { headers: { cookie: cookieIn(posted.headers) } })
    const { claims } = (await shown.json()) as { claims: JWTPayload }
    return { claims, code: null }
  }
  const { trace_id } = (await posted.json()) as { trace_id: string }
  const { code } = await stage.api<Attempt>('GET', `/logins/${trace_id}`)
  return { code }
}

function cookieIn(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
