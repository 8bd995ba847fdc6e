// The IT admin of a customer, with a set-up link and nothing else, before the demo's identity provider: in a real browser, with and
// without JavaScript. A violation of the content security policy fails the test.

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Test, test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { openBrowser } from './browser.ts'

const adminKey = 'an-admin-key-for-tests-of-thirty-two-characters'

async function freePort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise(resolve => listener.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function openService(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-setup-'))
  const port = await freePort()
  const settings = { PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'silent', ADMIN_API_KEY: adminKey }
  const config = readConfig(settings, () => '')
  if (Array.isArray(config)) throw new Error(JSON.stringify(config))
  const house = await openHouse(config, { logger: openLog(config.logLevel) })
  t.teardown(async () => {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  })
  await house.app.listen({ port, host: '127.0.0.1' })
  return config.publicUrl
}

async function makeLink(home: string): Promise<string> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  const answer = await fetch(`${home}/api/v1/setup-links`, { method: 'POST', headers, body: '{"tenant":"acme"}' })
  return ((await answer.json()) as { url: string }).url
}

function watchPolicy(page: Page): string[] {
  const violations: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) violations.push(message.text())
  })
  page.on('pageerror', error => violations.push(String(error)))
  return violations
}

// Nothing may stand out to the side, and every field must have a name that is read aloud.
async function looksRight(t: Test, page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  t.ok(wide <= 0, `${page.url()} is ${wide} pixels too wide`)
  const fields = page.locator('input:not([type=hidden]), textarea, select')
  for (const field of await fields.all())
    t.ok(await field.evaluate(one => (one as HTMLInputElement).labels?.length), `${page.url()}: a field has a label`)
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

async function signInAtProvider(page: Page, who: RegExp, javaScript: boolean): Promise<void> {
  await press(page, who)
  if (!javaScript) await press(page, 'Continue')
  await page.waitForURL('**/setup/test')
}

test('a newcomer with a set-up link connects an identity provider, mends what fails, and people sign in', async t => {
  const home = await openService(t)
  const browser = await openBrowser(t)
  const metadata = Buffer.from(await (await fetch(`${home}/demo/idp/acme/metadata`)).arrayBuffer())
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 380, height: 800 } })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const violations = watchPolicy(page)
    await page.goto(await makeLink(home))
    t.equal(page.url(), `${home}/setup/provider`, 'the token is not in the address')
    await looksRight(t, page)
    await press(page, 'Okta')
    t.equal(await page.getByRole('button', { name: 'Copy ACS URL' }).count(), javaScriptEnabled ? 1 : 0)
    await looksRight(t, page)
    await page.getByRole('link', { name: 'Done, continue' }).click()
    await page.getByLabel('Sign on URL').fill(`${home}/saml/abcdefgh/acs`)
    await press(page, 'Read it')
    t.match(await page.locator('#sign_on_url-error').innerText(), /our own address/)
    await looksRight(t, page)
    await page.getByLabel('Sign on URL').fill('')
    await page.getByLabel('Metadata file').setInputFiles({ name: 'idp.xml', mimeType: 'text/xml', buffer: metadata })
    await press(page, 'Read it')
    t.match(await page.locator('main').innerText(), 'The certificate that it signs with')
    await looksRight(t, page)
    await page.getByRole('link', { name: 'Continue', exact: true }).click()
    await page.getByLabel('1. Group').fill('admins')
    await page.getByLabel('1. Role').fill('admin')
    await page.getByLabel('A person as your').fill('email = eve@acme.example\ngroups = admins')
    await press(page, 'Show what comes of it')
    t.match(await page.locator('#trial').innerText(), /eve@acme\.example[\s\S]*admin/)
    await looksRight(t, page)
    await press(page, 'Save and continue')
    await press(page, 'Begin the test')
    await signInAtProvider(page, /Meant for another service/, javaScriptEnabled)
    t.match(await page.locator('h1').innerText(), 'would not get in')
    t.match(await page.locator('.checks').first().innerText(), 'Audience URI (SP Entity ID)')
    await looksRight(t, page)
    await press(page, 'Test again')
    await signInAtProvider(page, /Alice Ito/, javaScriptEnabled)
    t.equal(await page.locator('h1').innerText(), 'Alice Ito would get in')
    t.notOk(
      (await context.cookies()).some(one => one.name === 'assay_session'),
      'nobody is signed in by a test',
    )
    await looksRight(t, page)
    await page.getByRole('link', { name: 'Continue', exact: true }).click()
    await press(page, 'Switch it on')
    t.equal(await page.locator('h1').innerText(), 'It is switched on')
    await looksRight(t, page)

    await page.goto((await page.locator('[data-copy] code').innerText()).trim())
    await press(page, /Alice Ito/)
    if (!javaScriptEnabled) await press(page, 'Continue')
    await page.waitForURL(`${home}/`)
    t.ok((await context.cookies()).some(one => one.name === 'assay_session'))
    t.same(violations, [])
    await context.close()
  }
})
