// Every sample of examples/backends against the one set of tokens, and through the days of an issuer: keys come and go, sessions
// end, the feed lies or is away. BACKEND=python tries one language alone.

import { setTimeout as wait } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { type Backend, languages, openBackend } from './backend.ts'
import { badFeeds, type Issuer, openIssuer } from './issuer.ts'
import { bad, good } from './token-cases.ts'
import { feed, seconds, testKey, token } from './tokens.ts'

const feedEvery = 100
const cooldown = 1000
const settings = { ASSAY_FEED_EVERY: '0.1', ASSAY_COOLDOWN: '1', ASSAY_KEYS_FOR: '1' }

const subOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub

async function accepts(t: Test, backend: Backend, token: string, name: string): Promise<void> {
  t.equal(await backend.ask(token), `ok ${subOf(token)}`, name)
}

// No feed was good yet, so none counts.
async function triesFeeds(t: Test, backend: Backend, issuer: Issuer): Promise<void> {
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
  const { sid } = JSON.parse(Buffer.from(first.split('.')[1] ?? '', 'base64url').toString())
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
  // Away for longer than its max-age.
  issuer.keys = undefined
  await wait(issuer.maxAge * 1000 + 50)
  t.match(await backend.ask(token(workshop, { key: next })), /^unavailable/, 'keys-away')
  issuer.keys = [next]
  await wait(cooldown + 50)
  await accepts(t, backend, token(workshop, { key: next }), 'when the keys are back')
  issuer.feed = feed(workshop, [], { key: next, claims: { exp: seconds(2) } })
  await wait(feedEvery + 20)
  await accepts(t, backend, token(workshop, { key: next }), 'on a feed that is about to end')
  issuer.feed = undefined
  await wait(2000)
  t.match(await backend.ask(token(workshop, { key: next })), /^unavailable/, 'feed-away-for-long')
}

const chosen = process.env['BACKEND']?.split(' ') ?? Object.keys(languages)
t.jobs = chosen.length
for (const language of chosen) {
  t.test(`the backend in ${language} takes the good tokens and no other`, { buffered: true }, async t => {
    const issuer = await openIssuer(t)
    const backend = await openBackend(t, language, {
      ...{ ASSAY_ISSUER: issuer.workshop.issuer, ASSAY_AUDIENCE: issuer.workshop.audience },
      ...settings,
    })
    await triesFeeds(t, backend, issuer)
    await triesTokens(t, backend, issuer)
    await endsSessions(t, backend, issuer)
    await rotatesKeys(t, backend, issuer)
  })
}
