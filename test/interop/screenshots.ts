// Takes the pictures of docs/screenshots anew: npm run screenshots.

import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { t } from 'tap'
import { openBrowser } from './browser.ts'
import { adminKey, openDemo } from './pages.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const home = await openDemo(t)
const browser = await openBrowser(t)
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

const open = async (colorScheme: 'light' | 'dark') => {
  const page = await (await browser.newContext({ colorScheme, viewport: { width: 1100, height: 760 } })).newPage()
  page.setDefaultTimeout(15_000)
  return page
}
const keep = async (page: Page, name: string) => {
  await page.evaluate(() => scrollTo(0, 0))
  await page.waitForTimeout(200)
  await page.screenshot({ path: `${folder}${name}.png` })
}

async function linkFor(about: object): Promise<string> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  const answer = await fetch(`${home}/api/v1/setup-links`, { method: 'POST', headers, body: JSON.stringify(about) })
  return ((await answer.json()) as { url: string }).url
}

async function setUp(page: Page): Promise<void> {
  await page.goto(await linkFor({ tenant: 'acme' }))
  await press(page, 'Okta')
  await keep(page, 'setup-values')
  await page.getByRole('link', { name: 'Done, continue' }).click()
  const metadata = Buffer.from(await (await fetch(`${home}/demo/idp/acme/metadata`)).arrayBuffer())
  await page.getByLabel('Metadata file').setInputFiles({ name: 'idp.xml', mimeType: 'text/xml', buffer: metadata })
  await press(page, 'Read it')
  await page.goto(`${home}/setup/test`)
  await press(page, 'Begin the test')
  await press(page, /Meant for another service/)
  await page.waitForURL('**/setup/test')
  await keep(page, 'setup-test')
}

async function operate(page: Page): Promise<void> {
  for (const who of [/Alice Ito/, /Meant for another service/]) {
    const person = await (await browser.newContext()).newPage()
    await person.goto(`${home}/login?tenant=acme`)
    await press(person, who)
    await person.waitForLoadState('networkidle')
    if (who.source.startsWith('Meant')) await person.screenshot({ path: `${folder}refused.png` })
  }
  await page.goto(`${home}/admin`)
  await page.getByLabel('Admin key').fill(adminKey)
  await press(page, 'Sign in')
  await page.waitForURL(`${home}/admin`)
  await keep(page, 'admin-connections')
  await page.getByRole('link', { name: 'Acme (demo)' }).first().click()
  await page.getByRole('heading', { name: 'Acme (demo)' }).waitFor()
  await keep(page, 'admin-connection')
}

await setUp(await open('light'))
await operate(await open('dark'))
t.pass('the pictures are taken')
t.end()
