import { setTimeout as sleep } from 'node:timers/promises'
import { t, test } from 'tap'
import { fillIn, loginUrl, openBrowser, outcome, signIn, visit } from './browser.ts'
import { connect, startIdp } from './idp.ts'
import { cases } from './lemonldap/cases.ts'
import { type Connection, openStage } from './support.ts'

const stage = await openStage(t)
const idp = await startIdp(t, stage, 'lemonldap')
const browser = await openBrowser(t)
const scene = { stage, idp, browser }

// It reads service providers when it starts: all connections are made before the tests, and then it is started again.
const make = (settings: object, options: object = {}) =>
  connect(stage, idp, { nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', ...settings }, options)
const plain = await make({})
const unsigned = await make({})
const forced = await make({ force_authn: true })
const unsolicited = await make(
  { allow_idp_initiated: true, default_return_to: stage.backend },
  { NameIDFormat: 'email' },
)
const tried: [string, Connection, (typeof cases)[string]][] = []
for (const [what, one] of Object.entries(cases)) tried.push([what, await make(one.settings ?? {}, one.options), one])
await idp.restart()

for (const [what, connection, { expected }] of tried) {
  test(`a sign-in with ${what} is ${'code' in expected ? 'refused' : 'taken'}`, async t => {
    const { session, claims, email, attempt, ...sent } = await signIn(t, scene, connection)
    const failed = attempt.checks.filter(check => check.verdict === 'fail')
    if ('code' in expected) {
      t.match(attempt, { outcome: 'refused', code: expected.code })
      t.match(failed, [{ expected: /./, fix: /./ }])
      t.notOk(session)
    } else {
      t.match(attempt, { outcome: 'accepted', code: null })
      t.same(failed, [])
      t.ok(session)
      t.match(claims, { email: 'alice@example.test', name: 'Alice Liddell', connection: connection.id })
      t.equal(email, 'alice@example.test')
      t.same(sent, expected)
    }
  })
}

for (const [person, name] of [
  ['bob', `Bob O'Brien <"&'>`],
  ['jose', 'José Ñandú 漢字 🜚'],
] as const) {
  test(`the name ${name} arrives unharmed`, async t => {
    const { claims } = await signIn(t, scene, plain, person)
    t.equal(claims?.['name'], name)
  })
}

test('persistent names give each person one sub for good', async t => {
  const subs = []
  for (const person of ['alice', 'bob', 'alice']) subs.push((await signIn(t, scene, plain, person)).claims?.sub)
  t.match(subs, [/./, /./, subs[0]])
  t.not(subs[1], subs[0])
})

test('the identity provider takes no request of ours that is unsigned or was changed on its way', async t => {
  const { headers } = await fetch(loginUrl(stage, plain), { redirect: 'manual' })
  await stage.api('PATCH', `/connections/${unsigned.id}`, { sign_requests: false })
  const changed = (headers.get('location') ?? '').replace('&RelayState=', '&RelayState=x')
  for (const url of [changed, loginUrl(stage, unsigned)]) {
    const window = await visit(t, browser)
    await window.page.goto(url)
    await fillIn(window, idp.name, 'alice')
    t.ok(await window.page.waitForSelector('.alert:has-text("signature")'))
    t.same(window.responses, [])
  }
})

for (const [connection, what, code] of [
  [plain, 'refused', 'unsolicited_response'],
  [unsolicited, 'taken where the connection allows it', null],
] as const) {
  test(`a response that nobody asked for is ${what}`, async t => {
    const window = await visit(t, browser)
    const asked = new URLSearchParams({ IDPInitiated: '1', sp: connection.sp.entity_id })
    await window.page.goto(`${connection.sign_on_url}?${asked}`)
    await fillIn(window, idp.name, 'alice')
    const { attempt, session } = await outcome(stage, window, connection)
    t.equal(attempt.code, code)
    t.equal(session, code === null)
  })
}

test('somebody who is signed in there is asked again only where the connection says so', async t => {
  const window = await visit(t, browser)
  await window.page.goto(loginUrl(stage, plain))
  await fillIn(window, idp.name, 'alice')
  const first = await outcome(stage, window, plain)
  await window.page.goto(loginUrl(stage, plain))
  const second = await outcome(stage, window, plain)
  t.equal(second.claims?.sub, first.claims?.sub)
  t.not(second.attempt.trace_id, first.attempt.trace_id)
  // What is at most portalForceAuthnInterval seconds old counts as fresh there.
  await sleep(4_100)
  await window.page.goto(loginUrl(stage, forced))
  await window.page.click('text=Renew session')
  await fillIn(window, idp.name, 'alice')
  t.match((await outcome(stage, window, forced)).claims, { email: 'alice@example.test' })
})
