// The IT admin of a customer, with a set-up link and nothing else, before the demo's identity provider: in a real browser, with and
// without JavaScript. A violation of the content security policy fails the test.

import type { Page } from 'playwright-core'
import { test } from 'tap'
import { openBrowser } from './browser.ts'
import { adminKey, looksRight, openDemo, watchPolicy } from './pages.ts'

async function makeLink(home: string): Promise<string> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  const answer = await fetch(`${home}/api/v1/setup-links`, { method: 'POST', headers, body: '{"tenant":"acme"}' })
  return ((await answer.json()) as { url: string }).url
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

async function signInAtProvider(page: Page, who: RegExp, javaScript: boolean): Promise<void> {
  await press(page, who)
  if (!javaScript) await press(page, 'Continue')
  await page.waitForURL('**/setup/test')
}

test('a newcomer with a set-up link connects an identity provider, mends what fails, and people sign in', async t => {
  const home = await openDemo(t)
  const browser = await openBrowser(t)
  const metadata = Buffer.from(await (await fetch(`${home}/demo/idp/acme/metadata`)).arrayBuffer())
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 380, height: 800 } })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const violations = watchPolicy(page)
    await page.goto(await makeLink(home))
    t.equal(page.url(), `${home}/setup/provider`, 'the token is not in the address')
    await looksRight(t, page, javaScriptEnabled)
    await press(page, 'Okta')
    t.equal(await page.getByRole('button', { name: 'Copy ACS URL' }).count(), javaScriptEnabled ? 1 : 0)
    await looksRight(t, page, javaScriptEnabled)
    await page.getByRole('link', { name: 'Done, continue' }).click()
    await page.getByLabel('Sign on URL').fill(`${home}/saml/abcdefgh/acs`)
    await press(page, 'Read it')
    t.match(await page.locator('#sign_on_url-error').innerText(), /our own address/)
    await looksRight(t, page, javaScriptEnabled)
    await page.getByLabel('Sign on URL').fill('')
    await page.getByLabel('Metadata file').setInputFiles({ name: 'idp.xml', mimeType: 'text/xml', buffer: metadata })
    await press(page, 'Read it')
    t.match(await page.locator('main').innerText(), 'The certificate that it signs with')
    await looksRight(t, page, javaScriptEnabled)
    await page.getByRole('link', { name: 'Continue', exact: true }).click()
    await page.getByLabel('1. Group').fill('admins')
    await page.getByLabel('1. Role').fill('admin')
    await page.getByLabel('A person as your').fill('email = eve@acme.example\ngroups = admins')
    await press(page, 'Show what comes of it')
    t.match(await page.locator('#trial').innerText(), /eve@acme\.example[\s\S]*admin/)
    await looksRight(t, page, javaScriptEnabled)
    await press(page, 'Save and continue')
    await press(page, 'Begin the test')
    await signInAtProvider(page, /Meant for another service/, javaScriptEnabled)
    t.match(await page.locator('h1').innerText(), 'would not get in')
    t.match(await page.locator('.checks').first().innerText(), 'Audience URI (SP Entity ID)')
    await looksRight(t, page, javaScriptEnabled)
    await press(page, 'Test again')
    await signInAtProvider(page, /Alice Ito/, javaScriptEnabled)
    t.equal(await page.locator('h1').innerText(), 'Alice Ito would get in')
    t.notOk(
      (await context.cookies()).some(one => one.name === 'assay_session'),
      'nobody is signed in by a test',
    )
    await looksRight(t, page, javaScriptEnabled)
    await page.getByRole('link', { name: 'Continue', exact: true }).click()
    await press(page, 'Switch it on')
    t.equal(await page.locator('h1').innerText(), 'It is switched on')
    await looksRight(t, page, javaScriptEnabled)

    await page.goto((await page.locator('[data-copy] code').innerText()).trim())
    await press(page, /Alice Ito/)
    if (!javaScriptEnabled) await press(page, 'Continue')
    await page.waitForURL(`${home}/`)
    t.ok((await context.cookies()).some(one => one.name === 'assay_session'))
    t.same(violations, [])
    await context.close()
  }
})
