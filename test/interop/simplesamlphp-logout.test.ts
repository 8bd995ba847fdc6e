import { t, test } from 'tap'
import { openBrowser } from './browser.ts'
import { connect, giveOptions, startIdp } from './idp.ts'
import { bindings, enterToo, isAsked, isIn, leave, signedIn } from './logout.ts'
import { persistent } from './simplesamlphp/cases.ts'
import { type Connection, openStage } from './support.ts'

const stage = await openStage(t)
const idp = await startIdp(t, stage, 'simplesamlphp')
const scene = { stage, idp, browser: await openBrowser(t) }

// It signs nothing of a logout unless told to, and sends by HTTP-Redirect where it may.
const signed = { 'sign.logout': true, 'validate.logout': true }
const services = { redirect: 'HTTP-Redirect', post: 'HTTP-POST' }

async function make(binding: (typeof bindings)[number], options: object = signed): Promise<Connection> {
  const connection = await connect(stage, idp, { ...persistent, logout_binding: binding }, {})
  const Binding = `urn:oasis:names:tc:SAML:2.0:bindings:${services[binding]}`
  const only = { SingleLogoutService: [{ Binding, Location: `${stage.publicUrl}/saml/${connection.id}/slo` }] }
  await giveOptions(idp, connection, { ...only, ...options })
  return connection
}

const method = { redirect: 'GET', post: 'POST' }
const startThere = `${idp.url}/simplesaml/saml2/idp/initSLO.php?RelayState=${encodeURIComponent(`${idp.url}/simplesaml/logout.php`)}`

for (const binding of bindings) {
  test(`who leaves here is signed out there too, by ${binding}`, async t => {
    const connection = await make(binding)
    const { window, carried } = await signedIn(t, scene, connection)
    await leave(stage, window)
    await window.page.waitForURL(`${stage.backend}/`)
    t.same(carried, [
      `SAMLRequest by ${method[binding]} to 127.0.0.1`,
      `SAMLResponse by ${method[binding]} to localhost`,
    ])
    t.notOk(await isIn(stage, window))
    t.ok(await isAsked(stage, window, connection))
  })

  test(`who leaves there is signed out here too, by ${binding}; another browser of theirs is not`, async t => {
    const connection = await make(binding)
    const { window, carried } = await signedIn(t, scene, connection)
    const other = await signedIn(t, scene, connection)
    await window.page.goto(startThere)
    await window.page.waitForURL(url => url.pathname.endsWith('/logout.php'))
    t.same(carried, [
      `SAMLRequest by ${method[binding]} to localhost`,
      `SAMLResponse by ${method[binding]} to 127.0.0.1`,
    ])
    t.notOk(await isIn(stage, window))
    t.ok(await isIn(stage, other.window))
  })
}

test('an unsigned answer is not believed: the page says that this could not be confirmed', async t => {
  const { window } = await signedIn(t, scene, await make('redirect', {}))
  await leave(stage, window)
  await window.page.waitForURL('**/slo?*')
  t.match(await window.page.textContent('main'), /You are signed out.*could not confirm/s)
  t.notOk(await isIn(stage, window))
})

test('an unsigned request ends nothing', async t => {
  const { window } = await signedIn(t, scene, await make('redirect', {}))
  await window.page.goto(startThere)
  await window.page.waitForURL('**/slo?*')
  t.match(await window.page.textContent('main'), 'sign-out message was refused')
  t.ok(await isIn(stage, window))
})

test('it is said when another application could not be signed out of', async t => {
  const [connection, deaf] = [await make('redirect'), await make('redirect', { SingleLogoutService: [] })]
  const { window } = await signedIn(t, scene, deaf)
  await enterToo(stage, window, connection)
  await leave(stage, window)
  await window.page.waitForURL(url => url.pathname.endsWith('/slo'))
  t.match(await window.page.textContent('main'), 'every application')
})
