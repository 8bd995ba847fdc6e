// A person with a browser, over HTTP, and an application that signs people in by OAuth: what the faults are tried with.

import { randomBytes } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { adminKey } from '../support/app.ts'
import type { TestConnection } from '../support/browser.ts'
import { type Parts, respond, type TestIdp } from '../support/idp.ts'

/** An answer: its body is read. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of a body
  json: () => any
}

/** Sends one request, to the end of its answer; redirects are not followed. */
export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(60_000), ...init })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) }
}

/** Asks the admin API; throws where it refuses. */
export async function admin<T>(base: string, method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${adminKey}`, ...(body ? { 'content-type': 'application/json' } : {}) }
  const given = body ? { body: JSON.stringify(body) } : {}
  const answer = await send(`${base}/api/v1${path}`, { method, headers, ...given })
  if (answer.status >= 300) throw new Error(`${method} ${path} gave ${answer.status}: ${answer.text}`)
  return answer.text === '' ? (undefined as T) : answer.json()
}

/** Makes a connection to a test identity provider. */
export async function connect(base: string, idp: TestIdp, more: object = {}): Promise<TestConnection> {
  const body = { tenant: 'acme', name: 'Acme', issuer: idp.issuer, sign_on_url: 'https://idp.example/sso' }
  const made = await admin<{ id: string; sp: { entity_id: string; acs_url: string } }>(base, 'POST', '/connections', {
    ...{ ...body, certificates: [idp.certificate], ...more },
  })
  return { id: made.id, entityId: made.sp.entity_id, acsUrl: made.sp.acs_url }
}

/** An address for who asks; it counts where no proxy names another. */
export function anyAddress(): string {
  return `10.${[...randomBytes(3)].join('.')}`
}

/** A browser: cookies, an address of its own, and requests to whichever address. */
export function openVisitor() {
  const cookies = new Map<string, string>()
  const from = anyAddress()
  const ask = async (url: string, fields?: Record<string, string>, accept = 'text/html'): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept, 'x-forwarded-for': from, ...(cookie ? { cookie } : {}) }
    const answer = await send(
      url,
      fields ? { method: 'POST', headers, body: new URLSearchParams(fields) } : { headers },
    )
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return { cookies, ask }
}

/** A browser. */
export type Visitor = ReturnType<typeof openVisitor>

/** What the identity provider reads in a redirect to it; throws where the answer is none. */
export function readRequest({ status, headers, text }: Answer): { requestId: string; relayState: string } {
  const location = headers.get('location')
  if (status !== 302 || !location) throw new Error(`${status} ${text}`)
  const { searchParams } = new URL(location)
  const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  return { requestId: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', relayState: searchParams.get('RelayState') ?? '' }
}

/** Begins a login at `base`; answers the form that the identity provider would have posted. */
export async function begin(
  visitor: Visitor,
  base: string,
  { idp, connection }: Where,
  change: Partial<Parts> = {},
): Promise<Record<string, string>> {
  const { requestId, relayState } = readRequest(await visitor.ask(`${base}/login/${connection.id}`))
  return { SAMLResponse: respond(idp, connection, requestId, change), RelayState: relayState }
}

/** An identity provider and the connection to it. */
export interface Where {
  idp: TestIdp
  connection: TestConnection
}

/** Posts what the identity provider answered. */
export function deliver(visitor: Visitor, base: string, { connection }: Where, form: Record<string, string>) {
  return visitor.ask(`${base}/saml/${connection.id}/acs`, form)
}

/** A whole login; throws where it does not end signed in. */
export async function logIn(visitor: Visitor, base: string, where: Where): Promise<void> {
  const answer = await deliver(visitor, base, where, await begin(visitor, base, where))
  if (answer.status !== 303) throw new Error(`the ACS answered ${answer.status} ${answer.text}`)
}

/** The access token that the gateway would be given; throws where there is none. */
export async function tokenOf(visitor: Visitor, base: string): Promise<string> {
  const answer = await visitor.ask(`${base}/gateway/verify`)
  if (answer.status !== 200) throw new Error(`/gateway/verify answered ${answer.status} ${answer.text}`)
  return answer.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
}
