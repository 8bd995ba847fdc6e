// A browser as small as a test needs: a cookie jar, requests, and the two halves of a login.

import { inflateRawSync } from 'node:zlib'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { adminKey } from './app.ts'
import { type Parts, respond, type TestIdp } from './idp.ts'

/** A browser with cookies of its own. */
export interface Browser {
  cookies: Map<string, string>
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  post(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

/** Opens a browser in front of a service. */
export function openBrowser(app: FastifyInstance): Browser {
  const cookies = new Map<string, string>()
  const send = async (method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const all = { ...(cookie === '' ? {} : { cookie }), ...headers }
    const answer = await app.inject({ method, url, headers: all, ...(payload === undefined ? {} : { payload }) })
    for (const { name, value, expires, maxAge } of answer.cookies) {
      const over = maxAge === 0 || (expires !== undefined && expires.getTime() <= 0)
      if (over) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    cookies,
    get: (url, headers = {}) => send('GET', url, headers),
    post: (url, fields, headers = {}) =>
      send('POST', url, { ...form, ...headers }, new URLSearchParams(fields).toString()),
  }
}

/** A connection as a test needs it: its id and our side of it. */
export interface TestConnection {
  id: string
  entityId: string
  acsUrl: string
}

/** Makes a connection to a test identity provider through the admin API. */
export async function connect(app: FastifyInstance, idp: TestIdp, more: object = {}): Promise<TestConnection> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/connections',
    headers: { authorization: `Bearer ${adminKey}` },
    payload: {
      tenant: 'acme',
      name: 'Acme',
      issuer: idp.issuer,
      sign_on_url: 'https://idp.example/sso?app=7',
      certificates: [idp.certificate],
      ...more,
    },
  })
  const body = answer.json()
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return { id: body.id, entityId: body.sp.entity_id, acsUrl: body.sp.acs_url }
}

/** What the identity provider gets from a login that has begun. */
export interface Begun {
  requestId: string
  relayState: string
  xml: string
  url: URL
}

/** Begins a login by redirect and reads what the identity provider would read. */
export async function begin(browser: Browser, connectionId: string, query = ''): Promise<Begun> {
  const answer = await browser.get(`/login/${connectionId}${query}`)
  if (answer.statusCode !== 302) throw new Error(`${answer.statusCode} ${answer.body}`)
  const url = new URL(String(answer.headers['location']))
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const requestId = / ID="([^"]+)"/.exec(xml)?.[1] ?? ''
  return { requestId, relayState: url.searchParams.get('RelayState') ?? '', xml, url }
}

/** Posts a response to a connection's ACS. */
export function deliver(
  browser: Browser,
  { id }: TestConnection,
  samlResponse: string,
  relayState: string,
  accept = 'application/json',
) {
  return browser.post(`/saml/${id}/acs`, { SAMLResponse: samlResponse, RelayState: relayState }, { accept })
}

/** A whole login, with a response that `change` may spoil. */
export async function logIn(browser: Browser, idp: TestIdp, connection: TestConnection, change: Partial<Parts> = {}) {
  const { requestId, relayState } = await begin(browser, connection.id)
  return deliver(browser, connection, respond(idp, connection, requestId, change), relayState)
}

/** The code that the operator reads for a refused answer, and the failed checks. */
export async function whyRefused(
  app: FastifyInstance,
  answer: LightMyRequestResponse,
): Promise<{ code: string; failed: string[] }> {
  const { trace_id } = answer.json()
  const found = await app.inject({
    url: `/api/v1/logins/${trace_id}`,
    headers: { authorization: `Bearer ${adminKey}` },
  })
  const { code, checks } = found.json()
  const failed = checks
    .filter((one: { verdict: string }) => one.verdict === 'fail')
    .map((one: { name: string }) => one.name)
  return { code, failed }
}
