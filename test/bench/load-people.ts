// The people of the load test: whole sign-ins over HTTP, from the click to the token, with responses that are signed for each of them.

import { createHash, randomBytes, randomInt } from 'node:crypto'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { inflateRawSync } from 'node:zlib'
import { type Parts, respond, type ServiceProvider, type TestIdp } from '../support/idp.ts'

/** Where people sign in: how a login begins, where the response goes, and what becomes of the answer; all paths on `port`. */
export interface Target {
  port: number
  idp: TestIdp
  sp: ServiceProvider
  acs: string
  begin: (challenge: string) => string
  /** From the redirect after the ACS, and the cookies, to the token. */
  end: (ask: Ask, location: string, cookie: string, verifier: string) => Promise<unknown>
}

/** An answer of the wire. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** One request: a path, its headers, and the form to post, if any. */
export type Ask = (path: string, headers?: Record<string, string>, form?: Record<string, string>) => Promise<Answer>

/** What a sign-in sends of somebody, besides what is told apart by connection. */
export type Person = Partial<Parts>

/** One person's requests through `agent`. A proxy in front names another address for each of them. */
export function asker(port: number, agent: Agent): Ask {
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
  return (path, headers = {}, form) =>
    new Promise((resolve, reject) => {
      const body = form && new URLSearchParams(form).toString()
      const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const all = { 'x-forwarded-for': address, ...headers, ...type, ...length }
      const method = body === undefined ? 'GET' : 'POST'
      const sent = request({ host: '127.0.0.1', port, path, method, headers: all, agent }, answer => {
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk)).on('error', reject)
        const { statusCode: status = 0, headers } = answer
        answer.on('end', () => resolve({ status, headers, body: Buffer.concat(chunks).toString() }))
      })
      sent.on('error', reject).end(body)
    })
}

/** One whole sign-in; throws where any step of it is refused. */
export async function signIn(target: Target, ask: Ask, person: Person): Promise<void> {
  const verifier = randomBytes(32).toString('base64url')
  const begun = await ask(target.begin(createHash('sha256').update(verifier).digest('base64url')))
  const { searchParams } = new URL(redirectOf(begun))
  const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const SAMLResponse = respond(target.idp, target.sp, / ID="([^"]+)"/.exec(xml)?.[1] ?? '', person)
  const form = { SAMLResponse, RelayState: searchParams.get('RelayState') ?? '' }
  const answered = await ask(target.acs, { cookie: cookiesOf(begun) }, form)
  await target.end(ask, redirectOf(answered), cookiesOf(answered), verifier)
}

function redirectOf({ status, headers, body }: Answer): string {
  if (headers.location === undefined) throw new Error(`No redirect: ${status} ${body}`)
  return headers.location
}

function cookiesOf({ headers }: Answer): string {
  return (headers['set-cookie'] ?? []).map(one => one.split(';')[0]).join('; ')
}

/** Signs `count` people in, `abreast` at a time; answers how many milliseconds each took. */
export async function signInMany(
  target: Target,
  count: number,
  abreast: number,
  person: (n: number) => Person,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: abreast })
  const times: number[] = []
  let next = 0
  const one = async () => {
    while (next < count) {
      const n = next++
      const start = performance.now()
      await signIn(target, asker(target.port, agent), person(n))
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: abreast }, one))
  agent.destroy()
  return times
}

/** The value below which a share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
