// Who may have large messages judged at once: with real threads, so that the line really fills.

import { t as root, test } from 'tap'
import { network, openPlaces } from '../../src/logins/places.ts'
import { testApp } from '../support/app.ts'
import {
  type Begun,
  type Browser,
  begin,
  connect,
  deliver,
  logIn,
  openBrowser,
  whyRefused,
} from '../support/browser.ts'
import { respond, testIdp } from '../support/idp.ts'

const service = testApp(root)
const idp = testIdp()
const attributes = { email: ['alice@acme.example'], groups: Array.from({ length: 500 }, (_, at) => `group-${at}`) }
const mapping = { attributes: { groups: { from: ['groups'], in_token: false } } }

// As if from another address.
async function deliverFrom(address: string, browser: Browser, { id }: { id: string }, response: string, login: Begun) {
  const { app } = await service
  return app.inject({
    method: 'POST',
    url: `/saml/${id}/acs`,
    remoteAddress: address,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    payload: new URLSearchParams({ SAMLResponse: response, RelayState: login.relayState }).toString(),
  })
}

const tally = (answers: { statusCode: number }[]) => {
  const counts: Record<number, number> = {}
  for (const { statusCode } of answers) counts[statusCode] = (counts[statusCode] ?? 0) + 1
  return counts
}

test('one login has one large message judged at a time: a flood of them shuts nobody out', async t => {
  const { app } = await service
  const connection = await connect(app, idp, mapping)
  // A thread that is started on a busy machine may be late; this is about threads that run.
  for (let tries = 0; tries < 5; tries += 1) {
    const first = await logIn(openBrowser(app), idp, connection, { attributes })
    if (first.statusCode === 303) break
  }
  const stranger = openBrowser(app)
  const login = await begin(stranger, connection.id)
  const bad = respond(idp, connection, login.requestId, { attributes, audience: 'https://other.example' })
  const flood = Array.from({ length: 80 }, () => deliver(stranger, connection, bad, login.relayState))
  const person = openBrowser(app)
  const { requestId, relayState } = await begin(person, connection.id)
  const answer = await deliver(person, connection, respond(idp, connection, requestId, { attributes }), relayState)
  t.equal(answer.statusCode, 303)
  const answers = await Promise.all(flood)
  const { 403: judged = 0, 429: refused = 0 } = tally(answers)
  t.equal(judged + refused, 80)
  t.ok(judged >= 1 && judged < 20, `${judged} were judged, one after the other`)
  const one = answers.find(({ statusCode }) => statusCode === 429)
  t.match(one?.json(), { code: 'too_many_requests', trace_id: /./ })
  t.equal(one?.headers['retry-after'], '1')
})

test('a form that was sent twice ends well: one comes in, the other shows a way on that does', async t => {
  const { app } = await service
  const connection = await connect(app, idp, mapping)
  const person = openBrowser(app)
  const { requestId, relayState } = await begin(person, connection.id)
  const good = respond(idp, connection, requestId, { attributes })
  const both = await Promise.all([1, 2].map(() => deliver(person, connection, good, relayState, 'text/html')))
  t.same(tally(both), { 303: 1, 429: 1 })
  const page = both.find(({ statusCode }) => statusCode === 429)?.body ?? ''
  t.match(page, `href="/login/${connection.id}"`)
  const again = await begin(person, connection.id)
  const second = await deliver(person, connection, respond(idp, connection, again.requestId), again.relayState)
  t.equal(second.statusCode, 303)
})

test('one connection takes half of the line at most, one address a quarter; others come in meanwhile', async t => {
  const { app } = await service
  const [crowded, other] = [await connect(app, idp, mapping), await connect(app, idp, mapping)]
  const logins = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const browser = openBrowser(app)
      const login = await begin(browser, crowded.id)
      const response = respond(idp, crowded, login.requestId, { attributes, audience: 'https://other.example' })
      return { browser, login, response }
    }),
  )
  const person = openBrowser(app)
  const { requestId, relayState } = await begin(person, other.id)
  const good = respond(idp, other, requestId, { attributes })
  const send = (address: (at: number) => string) =>
    logins.map(({ browser, login, response }, at) => deliverFrom(address(at), browser, crowded, response, login))

  for (const [address, places] of [
    [(at: number) => `192.0.2.${at}`, 32],
    [(at: number) => `2001:db8::${at.toString(16)}`, 16],
  ] as const) {
    const crowd = Promise.all(send(address))
    if (places === 32)
      t.equal((await deliver(person, other, good, relayState)).statusCode, 303, 'somebody at another connection')
    const { 403: judged = 0, 503: away = 0 } = tally(await crowd)
    t.equal(judged + away, 60)
    t.ok(judged >= places && judged < 60, `${judged} of 60 were judged`)
  }
  const [first] = logins
  if (!first) throw new Error('nobody came')
  const later = await deliver(first.browser, crowded, first.response, first.login.relayState)
  t.match(await whyRefused(app, later), { code: 'audience_mismatch' }, 'and the crowd itself, once the line is short')
})

test('a place is given back, whatever the work ends with', async t => {
  const places = openPlaces(8)
  const asker = { login: Buffer.alloc(32), address: '192.0.2.1' }
  await t.rejects(
    places.within(asker, 'c', () => Promise.reject(new Error('broken'))),
    { message: 'broken' },
  )
  t.equal(places.size(), 0)
  t.equal(await places.within(asker, 'c', async () => places.size()), 3)
  t.equal(await places.within({ ...asker, login: null }, 'c', async () => places.size()), 2)
  t.equal(places.size(), 0)
})

test('IPv6 addresses count by their first 64 bits', async t => {
  for (const [address, counted] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ] as const)
    t.equal(network(address), counted)
})
