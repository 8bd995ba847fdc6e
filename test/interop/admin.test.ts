// An operator at the admin pages, before the demo's identity provider: in a real browser, with and without JavaScript. A violation
// of the content security policy fails the test.

import type { Page } from 'playwright-core'
import { test } from 'tap'
import { openBrowser } from './browser.ts'
import { adminKey, looksRight, openDemo, watchPolicy } from './pages.ts'

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
const heading = (page: Page) => page.locator('h1').innerText()

// Somebody is refused, and is left with a reference.
async function beRefused(page: Page, home: string): Promise<string> {
  await page.goto(`${home}/login?tenant=acme`)
  await press(page, /Meant for another service/)
  if (!(await page.evaluate(() => location.pathname.endsWith('/acs')).catch(() => false)))
    await page.waitForURL('**/acs')
  mustName(await page.locator('main').innerText())
  return (await page.locator('[data-copy] code').innerText()).trim()
}

function mustName(text: string): void {
  if (!text.includes('help@acme.example')) throw new Error(`nobody to turn to: ${text}`)
}

test('an operator finds why somebody was refused, mends it, sees that it is mended, and leaves', async t => {
  const home = await openDemo(t, { SUPPORT_CONTACT: 'help@acme.example' })
  const browser = await openBrowser(t)
  const stranger = await (await browser.newContext()).newPage()
  for (const javaScriptEnabled of [true, false]) {
    const reference = await beRefused(stranger, home)
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 380, height: 800 } })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const violations = watchPolicy(page)

    await page.goto(`${home}/admin/attempts`)
    await looksRight(t, page, javaScriptEnabled)
    await page.getByLabel('Admin key').fill('not the key')
    await press(page, 'Sign in')
    t.match(await page.locator('#key-error').innerText(), /not the admin key/)
    await page.getByLabel('Admin key').fill(adminKey)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${home}/admin/attempts`)
    await looksRight(t, page, javaScriptEnabled)

    await follow(page, 'Connections')
    t.equal(await heading(page), 'Connections')
    await looksRight(t, page, javaScriptEnabled)
    await page.getByLabel('Search connections').fill('acme.example')
    await page.keyboard.press('Enter')
    await follow(page, 'Acme (demo)')
    t.equal(await heading(page), 'Acme (demo)')
    const [id = ''] = page.url().split('/').slice(-1)
    await looksRight(t, page, javaScriptEnabled)

    await follow(page, 'Sign-ins')
    await page.getByLabel('Find by reference').fill(` ${reference} `)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${reference}`)
    t.equal(await heading(page), 'The assertion is for another audience')
    await looksRight(t, page, javaScriptEnabled)
    await follow(page, 'Judge again')
    t.match(await page.locator('main').innerText(), 'for the same reason')
    await looksRight(t, page, javaScriptEnabled)

    const change = async (sp_entity_id: string | null) => {
      const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ sp_entity_id })
      t.equal((await fetch(`${home}/api/v1/connections/${id}`, { method: 'PATCH', headers, body })).status, 200)
    }
    await change('https://another-service.example/saml/metadata')
    await page.reload()
    t.match(await page.locator('main').innerText(), 'It would be accepted now')
    await looksRight(t, page, javaScriptEnabled)

    await page.goto(`${home}/admin/connections/${id}/versions`)
    await looksRight(t, page, javaScriptEnabled)
    await page.locator('tbody th a').last().click()
    t.match(await page.locator('main').innerText(), 'What restoring it would change now')
    await looksRight(t, page, javaScriptEnabled)
    await press(page, /^Restore version/)
    t.match(await page.locator('[role=status]').innerText(), 'The version is restored')

    for (const part of ['Sessions', 'Clients', 'Keys', 'Set-up links', 'Audit log']) {
      await follow(page, part)
      t.equal(await heading(page), part)
      await looksRight(t, page, javaScriptEnabled)
    }
    await follow(page, 'Set-up links')
    await page.getByLabel('Tenant').fill('acme')
    await press(page, 'Make the link')
    t.match(await page.locator('[data-copy] code').innerText(), `${home}/setup/`)
    await looksRight(t, page, javaScriptEnabled)

    await page.goto(`data:text/html,<a href="${home}/admin/keys">elsewhere</a>`)
    await follow(page, 'elsewhere')
    await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor()
    t.match(page.url(), `${home}/admin/keys`, 'a link from another site leads in')

    await press(page, 'Sign out')
    t.equal(await heading(page), 'You are signed out')
    t.same(
      (await context.cookies()).filter(({ name }) => /admin/.test(name)),
      [],
    )
    t.same(violations, [])
    await context.close()
  }
})
