// Leaving, in a real browser: what is over here and what is over at the identity provider.

import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { fillIn, loginUrl, outcome, type Visit, visit } from './browser.ts'
import type { Idp } from './idp.ts'
import type { Connection, Stage } from './support.ts'

/** Everything that a sign-out happens among. */
export interface Scene {
  stage: Stage
  idp: Idp
  browser: Browser
}

/** The bindings of logout messages. */
export const bindings = ['redirect', 'post'] as const

/** Opens a window in which somebody signs in, and begins to note the logout messages that it carries. */
export async function signedIn(t: Test, { stage, idp, browser }: Scene, connection: Connection) {
  const window = await visit(t, browser)
  await window.page.goto(loginUrl(stage, connection))
  await fillIn(window, idp.name, 'alice')
  await gotIn(stage, window, connection)
  return { window, carried: logoutMessages(window) }
}

/** Signs in at another connection of an identity provider that knows who this is. */
export async function enterToo(stage: Stage, window: Visit, connection: Connection): Promise<void> {
  await window.page.goto(loginUrl(stage, connection))
  await gotIn(stage, window, connection)
}

async function gotIn(stage: Stage, window: Visit, connection: Connection): Promise<void> {
  const { session, attempt } = await outcome(stage, window, connection)
  if (!session) throw new Error(`Nobody got in: ${attempt.code}`)
}

// Each as "SAMLRequest by GET to localhost".
function logoutMessages({ page }: Visit): string[] {
  const carried: string[] = []
  page.context().on('request', request => {
    const url = new URL(request.url())
    const fields = request.method() === 'POST' ? new URLSearchParams(request.postData() ?? '') : url.searchParams
    const name = ['SAMLRequest', 'SAMLResponse'].find(one => fields.has(one))
    if (name) carried.push(`${name} by ${request.method()} to ${url.hostname}`)
  })
  return carried
}

/** Leaves by our own address, back to the backend. */
export async function leave({ publicUrl, backend }: Stage, { page }: Visit): Promise<void> {
  await page.goto(`${publicUrl}/logout?client=app&return_to=${encodeURIComponent(`${backend}/`)}`)
}

/** Whether the backend still knows who this is. */
export async function isIn({ backend }: Stage, { page }: Visit): Promise<boolean> {
  const answer = await page.goto(`${backend}/`)
  return answer?.status() === 200
}

/** Whether the identity provider asks who this is when a sign-in begins. */
export async function isAsked(stage: Stage, { page }: Visit, connection: Connection): Promise<boolean> {
  await page.goto(loginUrl(stage, connection))
  await page.waitForLoadState()
  return (await page.locator('input[name=password]').count()) > 0
}
