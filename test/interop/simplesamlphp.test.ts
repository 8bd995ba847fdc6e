import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { t, test } from 'tap'
import { fillIn, loginUrl, openBrowser, outcome, signIn, visit } from './browser.ts'
import { connect, giveOptions, startIdp } from './idp.ts'
import { accepted, emailAddress, encryptedName, persistent, refused, strict } from './simplesamlphp/cases.ts'
import { audience, type Connection, openStage } from './support.ts'

const stage = await openStage(t)
const idp = await startIdp(t, stage, 'simplesamlphp')
const browser = await openBrowser(t)
const scene = { stage, idp, browser }

for (const [how, { settings, options, ...expected }] of Object.entries(accepted)) {
  test(`alice signs in with ${how}`, async t => {
    const connection = await connect(stage, idp, { ...persistent, ...settings }, { ...strict, ...options })
    const { session, claims, email, attempt, ...sent } = await signIn(t, scene, connection)
    t.match(attempt, { outcome: 'accepted', code: null })
    t.notOk(attempt.checks.find(check => check.verdict === 'fail'))
    t.ok(session)
    t.match(claims, { email: 'alice@example.test', name: 'Alice Liddell', connection: connection.id })
    t.equal(email, 'alice@example.test')
    t.same(sent, expected)
  })
}

for (const [what, { code, settings, options = {} }] of Object.entries(refused)) {
  test(`${what} is refused, and the attempt says what to change`, async t => {
    const connection = await connect(stage, idp, { ...persistent, ...settings }, options)
    const { session, attempt } = await signIn(t, scene, connection)
    t.notOk(session)
    t.match(attempt, { outcome: 'refused', code })
    t.match(
      attempt.checks.filter(check => check.verdict === 'fail'),
      [{ expected: /./, fix: /./ }],
    )
  })
}

test('the token says everything that the mapping gives', async t => {
  const roles = [{ if: { groups: ['admins'] }, grant: ['admin'] }]
  const connection = await connect(stage, idp, { ...persistent, roles }, {})
  const { claims } = await signIn(t, scene, connection)
  t.match(claims, {
    iss: stage.publicUrl,
    aud: audience,
    client_id: 'app',
    tenant: 'acme',
    connection: connection.id,
    sub: /^[\w-]{22}$/,
    sid: /^[\w-]{22}$/,
    email: 'alice@example.test',
    name: 'Alice Liddell',
    given_name: 'Alice',
    family_name: 'Liddell',
    groups: ['staff', 'admins'],
    roles: ['admin'],
    acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  })
})

for (const [person, name] of [
  ['bob', `Bob O'Brien <"&'>`],
  ['jose', 'José Ñandú 漢字 🜚'],
] as const) {
  test(`the name ${name} arrives unharmed`, async t => {
    const { claims } = await signIn(t, scene, await connect(stage, idp, persistent, {}), person)
    t.equal(claims?.['name'], name)
  })
}

for (const [format, settings] of Object.entries({ persistent, emailAddress })) {
  test(`${format} names give each person one sub for good`, async t => {
    const connection = await connect(stage, idp, settings, {})
    const subs = []
    for (const person of ['alice', 'bob', 'alice']) subs.push((await signIn(t, scene, connection, person)).claims?.sub)
    t.match(subs, [/./, /./, subs[0]])
    t.not(subs[1], subs[0])
  })
}

test('an encrypted name is the same person as the plain one', async t => {
  const connection = await connect(stage, idp, persistent, {})
  const plain = await signIn(t, scene, connection)
  await giveOptions(idp, connection, encryptedName)
  const encrypted = await signIn(t, scene, connection)
  t.notSame(encrypted.algorithms, plain.algorithms)
  t.match(encrypted.claims, { sub: plain.claims?.sub })
})

test('the identity provider refuses a request of ours that is unsigned or was changed on its way', async t => {
  const signed = await connect(stage, idp, persistent, strict)
  const unsigned = await connect(stage, idp, { ...persistent, sign_requests: false }, strict)
  const begin = async ({ id }: Connection) => {
    const { headers } = await fetch(`${stage.publicUrl}/login/${id}`, { redirect: 'manual' })
    return headers.get('location') ?? ''
  }
  const ask = async (url: string) => (await fetch(url)).text()
  const changed = (await begin(signed)).replace('&RelayState=', '&RelayState=x')
  t.match(await ask(changed), 'Unable to validate signature on query string')
  t.match(await ask(await begin(unsigned)), 'no signature found on message')
})

for (const [allowed, code] of [
  [false, 'unsolicited_response'],
  [true, null],
] as const) {
  test(`a response that nobody asked for is ${allowed ? 'taken where the connection allows it' : 'refused'}`, async t => {
    const settings = { ...persistent, allow_idp_initiated: allowed, default_return_to: stage.backend }
    const connection = await connect(stage, idp, settings, {})
    const window = await visit(t, browser)
    const asked = new URLSearchParams({ spentityid: connection.sp.entity_id, NameIDFormat: persistent.nameid_format })
    await window.page.goto(`${connection.sign_on_url}?${asked}`)
    await fillIn(window, idp.name, 'alice')
    const { attempt, session } = await outcome(stage, window, connection)
    t.equal(attempt.code, code)
    t.equal(session, allowed)
  })
}

test('somebody who is signed in there is asked again only where the connection says so', async t => {
  const usual = await connect(stage, idp, persistent, {})
  const forced = await connect(stage, idp, { ...persistent, force_authn: true }, {})
  const window = await visit(t, browser)
  await window.page.goto(loginUrl(stage, usual))
  await fillIn(window, idp.name, 'alice')
  const first = await outcome(stage, window, usual)
  await window.page.goto(loginUrl(stage, usual))
  const second = await outcome(stage, window, usual)
  t.equal(second.claims?.sub, first.claims?.sub)
  t.not(second.attempt.trace_id, first.attempt.trace_id)
  await window.page.goto(loginUrl(stage, forced))
  await fillIn(window, idp.name, 'alice')
  t.match((await outcome(stage, window, forced)).claims, { email: 'alice@example.test' })
})

test('what the identity provider reports instead of an assertion is explained', async t => {
  const connection = await connect(stage, idp, { ...persistent, sign_requests: false }, {})
  const window = await visit(t, browser)
  const request = window.page.waitForRequest(one => one.url().startsWith(connection.sign_on_url))
  await window.page.goto(loginUrl(stage, connection))
  await window.page.goto(passive((await request).url()))
  const { attempt } = await outcome(stage, window, connection)
  t.match(attempt, { outcome: 'refused', code: 'status_not_success' })
  const status = attempt.checks.find(check => check.name === 'status')
  t.match(status, { verdict: 'fail', received: /status:Responder.*status:NoPassive/, fix: /./ })
})

// The same unsigned request, asking not to show a form to anybody.
function passive(url: string): string {
  const changed = new URL(url)
  const xml = inflateRawSync(Buffer.from(changed.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const asking = xml.replace(' Version="2.0"', ' Version="2.0" IsPassive="true"')
  changed.searchParams.set('SAMLRequest', deflateRawSync(asking).toString('base64'))
  return changed.href
}
