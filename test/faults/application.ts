// An application of the code flow, over HTTP.

import { randomBytes } from 'node:crypto'
import { respond } from '../support/idp.ts'
import { challenge, verifier } from '../support/oauth.ts'
import { type Answer, admin, anyAddress, deliver, readRequest, send, type Visitor, type Where } from './visitor.ts'

/** A public client: its id and where codes are sent. */
export interface Application {
  id: string
  redirectUri: string
}

/** Makes one. */
export async function register(base: string): Promise<Application> {
  const id = `app-${randomBytes(4).toString('hex')}`
  const redirectUri = `https://${id}.example/cb`
  const body = { client_id: id, name: id, audience: `https://api.${id}.example`, redirect_uris: [redirectUri] }
  await admin(base, 'POST', '/clients', body)
  return { id, redirectUri }
}

/** Signs a person in; answers the code. `bases`: where the request, and where the response go. */
export async function signIn(
  visitor: Visitor,
  [first, second]: readonly [string, string],
  { idp, connection }: Where,
  { id, redirectUri }: Application,
): Promise<string> {
  const query = new URLSearchParams({
    ...{ client_id: id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid offline_access' },
    ...{ connection: connection.id, code_challenge: challenge, code_challenge_method: 'S256', state: 's' },
  })
  const { requestId, relayState } = readRequest(await visitor.ask(`${first}/authorize?${query}`))
  const form = { SAMLResponse: respond(idp, connection, requestId), RelayState: relayState }
  const answer = await deliver(visitor, second, { idp, connection }, form)
  const code = new URL(answer.headers.get('location') ?? 'https://none.example').searchParams.get('code')
  if (!code) throw new Error(`${answer.status} ${answer.headers.get('location')} ${answer.text}`)
  return code
}

/** Redeems a code. */
export function redeem(base: string, { id, redirectUri }: Application, code: string): Promise<Answer> {
  const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
  return post(base, { ...grant, client_id: id })
}

/** Uses a refresh token. */
export function refresh(base: string, { id }: Application, token: string): Promise<Answer> {
  return post(base, { grant_type: 'refresh_token', refresh_token: token, client_id: id })
}

function post(base: string, fields: Record<string, string>): Promise<Answer> {
  const headers = { 'x-forwarded-for': anyAddress() }
  return send(`${base}/token`, { method: 'POST', headers, body: new URLSearchParams(fields) })
}
