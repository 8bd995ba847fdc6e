// A newcomer in front of the demo, with a real browser, with and without JavaScript: sign in, look at the token, be refused and see
// why, sign out. A violation of the content security policy fails the test.

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Test, test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { misdeeds } from '../../src/demo/misdeeds.ts'
import { openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { openBrowser } from './browser.ts'

async function freePort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise(resolve => listener.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function openDemo(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-demo-'))
  const port = await freePort()
  const config = readConfig({ PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'silent' }, () => '')
  if (Array.isArray(config)) throw new Error(JSON.stringify(config))
  const house = await openHouse(config, { logger: openLog(config.logLevel) })
  t.teardown(async () => {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  })
  await house.app.listen({ port, host: '127.0.0.1' })
  return config.publicUrl
}

function watchPolicy(page: Page): string[] {
  const violations: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) violations.push(message.text())
  })
  page.on('pageerror', error => violations.push(String(error)))
  return violations
}

// Without JavaScript the form of the POST binding is sent by hand.
async function goOn(page: Page, javaScript: boolean): Promise<void> {
  if (!javaScript) await page.getByRole('button', { name: 'Continue' }).click()
}

test('a newcomer signs in, is refused, sees why, and leaves', async t => {
  const home = await openDemo(t)
  const browser = await openBrowser(t)
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 375, height: 700 } })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const violations = watchPolicy(page)
    await page.goto(home)
    await page.getByRole('link', { name: 'Sign in as Alice' }).click()
    await goOn(page, javaScriptEnabled)
    await page.waitForURL('**/demo/backend')
    t.match(await page.textContent('h1'), 'Hello, Alice Ito')
    t.match(await page.textContent('main'), 'alice@acme.example')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/demo/backend')
    t.notMatch(await page.textContent('h1'), 'Hello')

    await page.goto(`${home}/demo/sign-in?as=alice.wrong_audience`)
    await goOn(page, javaScriptEnabled)
    await page.waitForURL('**/acs')
    t.match(await page.textContent('h1'), 'You are not signed in')
    t.notMatch(await page.textContent('main'), /audience/i, 'the person reads no detail')
    await page.getByRole('link', { name: 'See why' }).click()
    t.match(await page.textContent('main'), /audience_mismatch/)
    t.same(violations, [])
    await context.close()
  }
})

test('every wrong response of the demo is refused and explained', async t => {
  const home = await openDemo(t)
  const browser = await openBrowser(t)
  const page = await browser.newPage()
  page.setDefaultTimeout(15_000)
  for (const name of Object.keys(misdeeds)) {
    await page.goto(`${home}/demo/sign-in?as=alice.${name}`)
    await page.waitForURL('**/acs')
    await page.getByRole('link', { name: 'See why' }).click()
    t.match(await page.textContent('main'), /[12] of \d+ checks failed/, name)
  }
  await page.goto(`${home}/demo/backend`)
  t.notMatch(await page.textContent('main'), 'Hello', 'nobody got in')
})
