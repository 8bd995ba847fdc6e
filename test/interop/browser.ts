// A person at a browser: from our sign-in address over the identity provider's form to the last page, and what came of it.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWTPayload } from 'jose'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'
import type { Idp, IdpName } from './idp.ts'
import { type Attempt, type Connection, needPackages, type Stage } from './support.ts'

/** How a sign-in ended. */
export interface Outcome {
  /** The claims of the token that the backend verified; absent where nobody got in. */
  claims?: JWTPayload
  /** Whether the browser holds a session cookie of ours. */
  session: boolean
  /** X-Auth-Email of the gateway's verdict. */
  email?: string
  /** The attempt as the admin API tells it. */
  attempt: Attempt
  /** What is signed in the Response that the browser carried, as far as it can be seen from outside. */
  signed: string[]
  /** The algorithms that it names for signatures, digests and encryption, each once, without their namespace. */
  algorithms: string[]
}

/** A browser window without memory of others, and what the identity provider posts through it. */
export interface Visit {
  context: BrowserContext
  page: Page
  responses: string[]
}

/** Opens Chromium for one test file; `more` are arguments of its own. */
export async function openBrowser(t: Test, ...more: string[]): Promise<Browser> {
  await needPackages('chromium')
  const args = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map(one => `--disable-${one}`)
  const options = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--no-first-run', ...args, ...more] }
  const browser = await chromium.launch(options)
  t.teardown(() => browser.close())
  return browser
}

/** Opens a window that is gone after the test. */
export async function visit(t: Test, browser: Browser): Promise<Visit> {
  const context = await browser.newContext()
  t.teardown(() => context.close())
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const responses: string[] = []
  page.on('request', request => {
    const posted = request.method() === 'POST' && new URLSearchParams(request.postData() ?? '').get('SAMLResponse')
    if (posted) responses.push(Buffer.from(posted, 'base64').toString())
  })
  return { context, page, responses }
}

/** Where a login begins that leads to the backend. */
export function loginUrl({ publicUrl, backend }: Stage, { id }: Connection): string {
  return `${publicUrl}/login/${id}?client=app&return_to=${encodeURIComponent(`${backend}/`)}`
}

const forms = {
  simplesamlphp: { user: 'username', password: (person: string) => `${person}-pass` },
  lemonldap: { user: 'user', password: (person: string) => person },
} as const

/** Fills in the identity provider's form. */
export async function fillIn({ page }: Visit, idp: IdpName, person: string): Promise<void> {
  const { user, password } = forms[idp]
  await page.fill(`input[name=${user}]`, person)
  await page.fill('input[name=password]', password(person))
  await page.press('input[name=password]', 'Enter')
}

/** Waits for the last page, the backend's or our refusal, and tells how the attempt went. */
export async function outcome(stage: Stage, { context, page, responses }: Visit, { id }: Connection): Promise<Outcome> {
  await page.waitForURL(({ origin, pathname }) => origin === stage.backend || pathname === `/saml/${id}/acs`)
  const accepted = page.url().startsWith(stage.backend)
  const traceId = accepted ? await newest(stage, id) : await page.textContent('[data-copy] code')
  const response = responses.at(-1) ?? ''
  if (process.env['INTEROP_KEEP']) await keep(page, response, join(stage.home, String(traceId)))
  const attempt = await stage.api<Attempt>('GET', `/logins/${traceId}`)
  const shown = accepted ? JSON.parse((await page.textContent('pre')) ?? '') : {}
  const session = (await context.cookies(stage.publicUrl)).some(({ name }) => name === 'assay_session')
  return { ...shown, session, attempt, signed: signedIn(response), algorithms: algorithmsIn(response) }
}

async function keep(page: Page, response: string, path: string): Promise<void> {
  await page.screenshot({ path: `${path}.png` })
  await writeFile(`${path}.xml`, response)
}

/** The whole way, in a window of its own. */
export async function signIn(
  t: Test,
  { stage, idp, browser }: { stage: Stage; idp: Idp; browser: Browser },
  connection: Connection,
  person = 'alice',
): Promise<Outcome> {
  const window = await visit(t, browser)
  await window.page.goto(loginUrl(stage, connection))
  await fillIn(window, idp.name, person)
  return outcome(stage, window, connection)
}

async function newest(stage: Stage, connectionId: string): Promise<string | undefined> {
  const { items } = await stage.api<{ items: Attempt[] }>('GET', `/logins?connection=${connectionId}&limit=1`)
  return items[0]?.trace_id
}

// Patterns, not a parser: what is tested here must not tell what it was given.
function signedIn(response: string): string[] {
  const owner = /<(?:\w+:)?(\w+) [^>]*>\s*<(?:\w+:)?Issuer[^>]*>[^<]*<\/(?:\w+:)?Issuer>\s*<(?:\w+:)?Signature[ >]/g
  return [...response.matchAll(owner)].map(([, name = '']) => name)
}

function algorithmsIn(response: string): string[] {
  const method = /<(?:\w+:)?(?:SignatureMethod|DigestMethod|EncryptionMethod) Algorithm="[^"#]*#([^"]+)"/g
  return [...new Set([...response.matchAll(method)].map(([, name = '']) => name))]
}
