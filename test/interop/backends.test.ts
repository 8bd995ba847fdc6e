// Every sample of examples/backends against the one set of tokens, and through the days of an issuer: keys come and go, sessions
// end, the feed lies or is away. BACKEND=python tries one language alone.

import { setTimeout as wait } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { type Backend, buildBackend, languages } from './backend.ts'
import { badFeeds, type Issuer, openIssuer } from './issuer.ts'
import { freePort } from './support.ts'
import { bad, good } from './token-cases.ts'
import { feed, part, seconds, testKey, token } from './tokens.ts'

const feedEvery = 100
const cooldown = 1000
const settings = { ASSAY_FEED_EVERY: '0.1', ASSAY_COOLDOWN: '1' }

type Start = Awaited<ReturnType<typeof buildBackend>>

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const withSub = (token: string, sub: string) => token.replace(/\.[^.]+\./, `.${part({ ...claimsOf(token), sub })}.`)

async function accepts(t: Test, backend: Backend, token: string, name: string): Promise<void> {
  t.equal(await backend.ask(token), `ok ${claimsOf(token).sub}`, name)
}

// Nothing good was fetched yet, so nothing counts.
async function triesFeeds(t: Test, backend: Backend, issuer: Issuer): Promise<void> {
  issuer.keys = undefined
  issuer.feed = feed(issuer.workshop, [])
  t.match(await backend.ask(token(issuer.workshop)), /^unavailable/, 'keys-away-at-start')
  issuer.keys = [issuer.workshop.es, issuer.workshop.rs, issuer.workshop.ed]
  await wait(cooldown + 20)
  for (const [name, make] of Object.entries(badFeeds)) {
    issuer.feed = make(issuer.workshop)
    await wait(feedEvery + 20)
    t.match(await backend.ask(token(issuer.workshop)), /^unavailable/, name)
  }
  // Made two seconds ahead of the backend's clock.
  issuer.feed = feed(issuer.workshop, [], { claims: { iat: seconds(2) } })
  await wait(feedEvery + 20)
  await accepts(t, backend, token(issuer.workshop), 'after a good feed')
}

async function triesTokens(t: Test, backend: Backend, issuer: Issuer): Promise<void> {
  for (const [name, make] of Object.entries(good)) await accepts(t, backend, await make(issuer.workshop), name)
  const begun = Date.now()
  const before = issuer.asked.keys
  for (const [name, make] of Object.entries(bad))
    t.match(await backend.ask(await make(issuer.workshop)), /^refused/, name)
  const fetches = issuer.asked.keys - before
  t.ok(fetches <= 1 + (Date.now() - begun) / cooldown, `${fetches} fetches for all the unknown kids`)
  t.equal(issuer.asked.elsewhere, 0, 'no address from a token was asked')
  await accepts(t, backend, token(issuer.workshop), 'after all the bad ones')
}

async function endsSessions(t: Test, backend: Backend, issuer: Issuer): Promise<void> {
  const [first, second] = [token(issuer.workshop), token(issuer.workshop)]
  await accepts(t, backend, first, 'before its session ended')
  const { sid } = claimsOf(first)
  const { feed: polls, unchanged } = issuer.asked
  const begun = Date.now()
  for (let n = 0; n < 30; n += 1) {
    await backend.ask(second)
    await wait(10)
  }
  t.ok(issuer.asked.feed - polls <= 1 + (Date.now() - begun) / feedEvery, 'the feed is not asked for every token')
  t.ok(issuer.asked.unchanged > unchanged, 'the feed is asked for with its tag')
  issuer.feed = feed(issuer.workshop, ['another', sid])
  await wait(feedEvery + 20)
  t.match(await backend.ask(first), /^refused.*ended/, 'session-ended')
  await accepts(t, backend, second, 'a session that goes on')
  issuer.feed = undefined
  await wait(feedEvery + 20)
  t.match(await backend.ask(first), /^refused.*ended/, 'feed-away-for-a-while')
  await accepts(t, backend, second, 'feed-away-for-a-while')
  issuer.feed = feed(issuer.workshop, [], { key: issuer.workshop.stranger.es })
  await wait(feedEvery + 20)
  t.match(await backend.ask(first), /^refused.*ended/, 'feed-of-stranger-after-a-good-one')
}

async function rotatesKeys(t: Test, backend: Backend, issuer: Issuer): Promise<void> {
  const { workshop } = issuer
  const next = testKey('ES256')
  await wait(cooldown)
  issuer.keys = [workshop.es, next, workshop.rs]
  issuer.maxAge = 1
  await accepts(t, backend, token(workshop, { key: next }), 'key-new')
  await accepts(t, backend, token(workshop), 'key-old-and-still-there')
  issuer.keys = [next, workshop.rs]
  issuer.feed = feed(workshop, [], { key: next })
  await wait(issuer.maxAge * 1000 + 50)
  t.match(await backend.ask(token(workshop)), /^refused/, 'key-retired')
  await accepts(t, backend, token(workshop, { key: next }), 'key-new, alone')
  t.match(await backend.ask(token(workshop, { key: workshop.ed })), /^refused/, 'key-retired-early')
  // For longer than its max-age.
  issuer.keys = undefined
  await wait(issuer.maxAge * 1000 + 50)
  await accepts(t, backend, token(workshop, { key: next }), 'keys-away')
  issuer.feed = feed(workshop, [], { key: next, claims: { exp: seconds(3) } })
  await wait(feedEvery + 20)
  await accepts(t, backend, token(workshop, { key: next }), 'on a feed that is about to end')
  issuer.feed = undefined
  await wait(3000)
  t.match(await backend.ask(token(workshop, { key: next })), /^unavailable/, 'feed-away-for-long')
}

// Assay itself, where people sign in.
async function openAssay() {
  const port = await freePort()
  const service = await testApp(t, { settings: { PORT: String(port), PUBLIC_URL: `http://localhost:${port}` } })
  await service.app.listen({ port, host: '127.0.0.1' })
  return { ...service, idp: testIdp() }
}

// A person signs in, the backend is called with the token of the gateway, the person signs out.
async function signsIn(t: Test, start: Start, assay: Awaited<ReturnType<typeof openAssay>>): Promise<void> {
  const { app, idp, clock, config } = assay
  clock.now = new Date()
  const backend = await start({ ...settings, ASSAY_ISSUER: config.publicUrl, ASSAY_AUDIENCE: config.publicUrl })
  const browser = openBrowser(app)
  await logIn(browser, idp, await connect(app, idp))
  const { headers } = await browser.get('/gateway/verify')
  const token = String(headers['authorization']).replace('Bearer ', '')
  await accepts(t, backend, token, 'a token of Assay')
  t.match(await backend.ask(withSub(token, 'mallory')), /^refused/, 'the same, changed')
  await browser.get('/logout')
  await wait(feedEvery + 20)
  t.match(await backend.ask(token), /^refused.*ended/, 'after signing out')
}

const assay = openAssay()
const chosen = process.env['BACKEND']?.split(' ') ?? Object.keys(languages)
t.jobs = chosen.length
for (const language of chosen) {
  t.test(`the backend in ${language} takes the good tokens and no other`, { buffered: true }, async t => {
    const start = await buildBackend(t, language)
    const issuer = await openIssuer(t)
    const { issuer: ASSAY_ISSUER, audience: ASSAY_AUDIENCE } = issuer.workshop
    const backend = await start({ ...settings, ASSAY_ISSUER, ASSAY_AUDIENCE })
    await triesFeeds(t, backend, issuer)
    await triesTokens(t, backend, issuer)
    await endsSessions(t, backend, issuer)
    await rotatesKeys(t, backend, issuer)
    await signsIn(t, start, await assay)
  })
}
