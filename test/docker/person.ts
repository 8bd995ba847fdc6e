// A person at a browser, from the application's address over the identity provider and back.

import { type BrowserContext, chromium } from 'playwright-core'
import type { Test } from 'tap'
import { origins } from './stack.ts'

/** What the application shows: the claims that it verified and the headers that reached it. */
export interface Shown {
  claims: Record<string, unknown>
  headers: Record<string, string>
}

/** A person with a browser of their own. `posted` is every SAMLResponse that went through it, in base64. */
export interface Person {
  posted: string[]
  /** Asks for an address of the application and says who they are; stops at the identity provider. */
  begin(path: string, email: string): Promise<void>
  /** Chooses their name at the identity provider; answers what the application shows and at which address. */
  choose(name: string): Promise<Shown & { url: string }>
  /** Opens an address of the application; answers where that led and what is shown, if the application is. */
  open(path: string): Promise<{ url: string; shown: Shown | undefined }>
  signOut(): Promise<string>
  /** The value of a cookie. */
  cookie(name: string): Promise<string>
}

/** Opens a browser that closes with the test. */
export async function openPerson(t: Test): Promise<Person> {
  const off = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map(one => `--disable-${one}`)
  const args = ['--no-sandbox', '--no-first-run', ...off]
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  t.teardown(() => browser.close())
  const context = await browser.newContext()
  context.setDefaultTimeout(15_000)
  return personIn(context)
}

async function personIn(context: BrowserContext): Promise<Person> {
  const page = await context.newPage()
  const posted: string[] = []
  page.on('request', request => {
    const response = new URLSearchParams(request.postData() ?? '').get('SAMLResponse')
    if (response !== null) posted.push(response)
  })
  const json = async (selector: string) => JSON.parse((await page.textContent(selector)) ?? '')
  const shown = async (): Promise<Shown> => ({ claims: await json('#claims'), headers: await json('#headers') })
  return {
    posted,
    begin: async (path, email) => {
      await page.goto(`${origins.app}${path}`)
      await page.fill('input[name=email]', email)
      await page.press('input[name=email]', 'Enter')
      await page.waitForURL(`${origins.idp}/**`)
    },
    choose: async name => {
      await page.getByRole('button', { name: `Sign in as ${name}` }).click()
      await page.waitForURL(`${origins.app}/**`)
      return { url: page.url(), ...(await shown()) }
    },
    open: async path => {
      await page.goto(`${origins.app}${path}`)
      const inside = page.url().startsWith(`${origins.app}/`)
      return { url: page.url(), shown: inside ? await shown() : undefined }
    },
    signOut: async () => {
      await page.click('text=Sign out')
      await page.waitForURL(`${origins.assay}/**`)
      return page.url()
    },
    cookie: async name => (await context.cookies()).find(one => one.name === name)?.value ?? '',
  }
}
