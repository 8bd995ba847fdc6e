// What every page must be, whoever sees it: the service with its demo, and the look at a page.

import axe from 'axe-core'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { freePort, temporaryFolder } from './support.ts'

/** The admin key of the service. */
export const adminKey = 'an-admin-key-for-tests-of-thirty-two-characters'

/** Starts the service with its demo, and `more` settings; answers its origin. */
export async function openDemo(t: Test, more: Record<string, string> = {}): Promise<string> {
  const settings = { PORT: String(await freePort()), DATA_DIR: await temporaryFolder(t), LOG_LEVEL: 'silent' }
  const config = readConfig({ ...settings, ADMIN_API_KEY: adminKey, ...more }, () => '')
  if (Array.isArray(config)) throw new Error(JSON.stringify(config))
  const house = await openHouse(config, { logger: openLog(config.logLevel) })
  t.teardown(() => house.close())
  await house.app.listen({ port: config.port, host: '127.0.0.1' })
  return config.publicUrl
}

/** What goes against the content security policy, and what fails in a script: it must stay empty. */
export function watchPolicy(page: Page): string[] {
  const violations: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) violations.push(message.text())
  })
  page.on('pageerror', error => violations.push(String(error)))
  return violations
}

/**
 * Looks at a page as it is: nothing stands out to the side, one heading names it, and axe finds nothing wrong with it, in light and in
 * dark, once colours are not on their way from one to the other. axe comes over the debugger, past the content security policy; without JavaScript it cannot run.
 */
export async function looksRight(t: Test, page: Page, javaScript: boolean): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  t.ok(wide <= 0, `${page.url()} is ${wide} pixels too wide`)
  t.equal(await page.locator('h1').count(), 1, `${page.url()} has one heading`)
  if (!javaScript) return
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(200)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<axe.AxeResults>("axe.run({ resultTypes: ['violations'] })")
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
    t.same(told, [], `${page.url()} in ${colorScheme}`)
  }
}
