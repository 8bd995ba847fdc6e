// A client of the code flow as small as a test needs: what it sends, and what comes back.

import { createHash, randomBytes } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { adminKey } from './app.ts'
import { type Browser, deliver, type TestConnection } from './browser.ts'
import { type Parts, respond, type TestIdp } from './idp.ts'

/** The verifier of every test, and its challenge. */
export const verifier = 'a-verifier-of-forty-three-characters-or-more-._~'
export const challenge = createHash('sha256').update(verifier).digest('base64url')

/** A client as a test needs it; `secret` only where it has one. */
export interface TestClient {
  id: string
  redirectUri: string
  secret: string | undefined
}

/** Makes a client through the admin API. */
export async function register(app: FastifyInstance, more: object = {}): Promise<TestClient> {
  const id = `app-${randomBytes(4).toString('hex')}`
  const redirectUri = `https://${id}.example/cb`
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/clients',
    headers: { authorization: `Bearer ${adminKey}` },
    payload: { client_id: id, name: id, audience: `https://api.${id}.example`, redirect_uris: [redirectUri], ...more },
  })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return { id, redirectUri, secret: answer.json().client_secret }
}

/** The address of an authorization request; a member that is undefined is left out. */
export function requestUrl(client: TestClient, change: Record<string, string | undefined> = {}): string {
  const query = {
    ...{
      client_id: client.id,
      redirect_uri: client.redirectUri,
      response_type: 'code',
      scope: 'openid offline_access',
    },
    ...{ state: 's & é', nonce: 'n-1', code_challenge: challenge, code_challenge_method: 'S256', ...change },
  }
  const given = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined)
  return `/authorize?${new URLSearchParams(given)}`
}

/** What an answer of /authorize or of an ACS tells the client; throws where it leads elsewhere. */
export function told(client: TestClient, answer: LightMyRequestResponse): Record<string, string> {
  const { location } = answer.headers
  if (answer.statusCode !== 303 || !location?.startsWith(`${client.redirectUri}?`))
    throw new Error(`${answer.statusCode} ${location} ${answer.body}`)
  return Object.fromEntries(new URL(location).searchParams)
}

/** Goes through the identity provider that an answer of /authorize leads to. */
export async function passProvider(
  browser: Browser,
  idp: TestIdp,
  connection: TestConnection,
  answer: LightMyRequestResponse,
  change: Partial<Parts> = {},
): Promise<LightMyRequestResponse> {
  const { requestId, relayState } = readRequest(answer)
  return deliver(browser, connection, respond(idp, connection, requestId, change), relayState)
}

/** What the identity provider reads in a redirect to it. */
export function readRequest(answer: LightMyRequestResponse): { requestId: string; relayState: string; xml: string } {
  if (answer.statusCode !== 302) throw new Error(`${answer.statusCode} ${answer.headers.location} ${answer.body}`)
  const { searchParams } = new URL(String(answer.headers.location))
  const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  return { requestId: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', relayState: searchParams.get('RelayState') ?? '', xml }
}

/** Posts a form to one of the endpoints for clients. */
export async function postForm(
  app: FastifyInstance,
  url: string,
  fields: Record<string, string | undefined>,
  headers: Record<string, string> = {},
) {
  const given = Object.entries(fields).filter((one): one is [string, string] => one[1] !== undefined)
  const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: form,
    payload: new URLSearchParams(given).toString(),
  })
  const body = answer.body === '' ? undefined : answer.json()
  return { status: answer.statusCode, headers: answer.headers, body }
}

/** Redeems a code. */
export function redeem(
  app: FastifyInstance,
  client: TestClient,
  code: string | undefined,
  change: Record<string, string | undefined> = {},
) {
  return postForm(app, '/token', {
    ...{ grant_type: 'authorization_code', code, redirect_uri: client.redirectUri, code_verifier: verifier },
    ...{ client_id: client.id, client_secret: client.secret, ...change },
  })
}

/** Uses a refresh token. */
export function refresh(app: FastifyInstance, client: TestClient, token: string, change: Record<string, string> = {}) {
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: client.id,
    client_secret: client.secret,
  }
  return postForm(app, '/token', { ...fields, ...change })
}
