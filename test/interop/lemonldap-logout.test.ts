import { t, test } from 'tap'
import { openBrowser } from './browser.ts'
import { connect, startIdp } from './idp.ts'
import { bindings, isAsked, isIn, leave, signedIn } from './logout.ts'
import { openStage } from './support.ts'

const stage = await openStage(t)
const idp = await startIdp(t, stage, 'lemonldap')
const scene = { stage, idp, browser: await openBrowser(t) }

// It reads service providers when it starts. Its own requests go by the first binding of our metadata, in frames of its page.
const make = (logout_binding: string) =>
  connect(
    stage,
    idp,
    { nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', logout_binding },
    { SignSLOMessage: 1, CheckSLOMessageSignature: 1 },
  )
const connections = { redirect: await make('redirect'), post: await make('post') }
await idp.restart()

for (const binding of bindings) {
  const method = { redirect: 'GET', post: 'POST' }[binding]

  test(`who leaves here is signed out there too, by ${binding}`, async t => {
    const connection = connections[binding]
    const { window, carried } = await signedIn(t, scene, connection)
    await leave(stage, window)
    await window.page.waitForURL(`${stage.backend}/`)
    t.same(carried, [`SAMLRequest by ${method} to 127.0.0.1`, `SAMLResponse by ${method} to localhost`])
    t.notOk(await isIn(stage, window))
    t.ok(await isAsked(stage, window, connection))
  })

  test(`who leaves there is signed out here too, and our answer goes by ${binding}`, async t => {
    const { window, carried } = await signedIn(t, scene, connections[binding])
    const answered = window.page.waitForResponse(response => {
      const sent = `${response.url()} ${response.request().postData() ?? ''}`
      return sent.startsWith(idp.url) && sent.includes('SAMLResponse=')
    })
    await window.page.goto(`${idp.url}/?logout=1`)
    t.match((await answered).headers()['location'], /\/ok\.png$/, 'a green mark in a frame of its page')
    t.same(carried, ['SAMLRequest by GET to localhost', `SAMLResponse by ${method} to 127.0.0.1`])
    t.notOk(await isIn(stage, window))
  })
}
