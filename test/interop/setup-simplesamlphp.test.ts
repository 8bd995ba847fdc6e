// A newcomer with a set-up link and a SimpleSAMLphp of their own: to the first sign-in, and over a new certificate, in a real browser
// with and without JavaScript.

import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { t as root, type Test, test } from 'tap'
import { fillIn, openBrowser, outcome, type Visit } from './browser.ts'
import { startIdp } from './idp.ts'
import { looksRight, watchPolicy } from './pages.ts'
import { type Connection, openStage } from './support.ts'

const stage = await openStage(root)
const idp = await startIdp(root, stage, 'simplesamlphp')
const browser = await openBrowser(root)
const metadataUrl = `${idp.url}/simplesaml/saml2/idp/metadata.php`

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const heading = (page: Page) => page.locator('h1').innerText()
const linkFor = async (about: object) => (await stage.api<{ url: string }>('POST', '/setup-links', about)).url

async function testSignIn(visit: Visit, javaScript: boolean): Promise<void> {
  await press(visit.page, /^(Begin the test|Test again)$/)
  if (visit.page.url().startsWith(idp.url) && (await visit.page.locator('input[name=password]').count()) > 0)
    await fillIn(visit, 'simplesamlphp', 'alice')
  if (!javaScript) await passOn(visit.page)
  await visit.page.waitForURL('**/setup/test')
}

// Without JavaScript the provider's form waits for somebody to press it.
async function passOn(page: Page): Promise<void> {
  const button = page.locator('form :is(input[type=submit], button):visible').first()
  if (page.url().startsWith(idp.url)) await button.click()
}

async function signIn(visit: Visit, connection: Connection, javaScript: boolean) {
  await visit.context.clearCookies()
  const back = encodeURIComponent(`${stage.backend}/`)
  await visit.page.goto(`${stage.publicUrl}/login/${connection.id}?client=app&return_to=${back}`)
  await fillIn(visit, 'simplesamlphp', 'alice')
  if (!javaScript) await passOn(visit.page)
  return outcome(stage, visit, connection)
}

async function open(t: Test, javaScriptEnabled: boolean): Promise<Visit & { violations: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled })
  t.teardown(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return { context, page, responses: [], violations: watchPolicy(page) }
}

for (const javaScript of [true, false]) {
  test(`SimpleSAMLphp is connected ${javaScript ? 'with' : 'without'} JavaScript, and changes its certificate`, async t => {
    const visit = await open(t, javaScript)
    const { page } = visit
    const tenant = javaScript ? 'acme' : 'globex'
    await page.goto(await linkFor({ tenant }))
    await press(page, 'SimpleSAMLphp')
    const acs = await page
      .getByText(/^http\S+\/acs$/)
      .first()
      .innerText()
    const [, , , , id = ''] = acs.split('/')
    const ours = await page.request.get(`${stage.publicUrl}/saml/${id}/metadata`)
    await writeFile(join(idp.home, 'sp', `${id}.xml`), await ours.text())
    await writeFile(join(idp.home, 'sp', `${id}.json`), '{}')
    await page.getByRole('link', { name: 'Done, continue' }).click()
    await page.getByLabel('Metadata URL').fill(metadataUrl)
    await press(page, 'Read it')
    t.match(await page.locator('main').innerText(), 'The certificate that it signs with')
    await page.getByRole('link', { name: 'Continue', exact: true }).click()
    await press(page, 'Save and continue')

    await testSignIn(visit, javaScript)
    t.match(await heading(page), 'would not get in', 'it names people anew each time unless it is told otherwise')
    t.match(await page.locator('.checks').first().innerText(), 'transient')
    await looksRight(t, page, javaScript)
    await page.goto(`${stage.publicUrl}/setup/people`)
    await page.getByLabel('The name that never changes').fill('uid')
    await press(page, 'Save and continue')
    await testSignIn(visit, javaScript)
    t.match(await heading(page), 'would get in')
    await page.getByRole('link', { name: 'Continue', exact: true }).click()
    await press(page, 'Switch it on')
    t.equal(await heading(page), 'It is switched on')

    const connection = await stage.api<Connection>('GET', `/connections/${id}`)
    const first = await signIn(visit, connection, javaScript)
    t.match([first.attempt.code, first.claims], [null, { email: 'alice@example.test', tenant, connection: id }])

    await stage.api('PATCH', `/connections/${id}`, { metadata_url: null, metadata_xml: idp.metadata })
    await Promise.all(['idp.crt', 'idp.key'].map(name => rm(join(idp.home, name))))
    await idp.restart()
    const refused = await signIn(visit, connection, javaScript)
    t.match([refused.session, refused.attempt.code], [false, 'signature_unknown_key'])
    await looksRight(t, page, javaScript)

    await page.goto(await linkFor({ tenant, connection: id }))
    t.equal(await heading(page), 'Your certificates')
    await looksRight(t, page, javaScript)
    await press(page, 'We changed it: trust this certificate')
    t.match(await page.locator('[role=status]').innerText(), 'trusted from now on')
    const again = await signIn(visit, connection, javaScript)
    t.match([again.attempt.code, again.claims?.sub], [null, first.claims?.sub])
    t.same(visit.violations, [])
  })
}
