import { test } from 'tap'
import { mortal, purge, purgeSql } from '../src/purge.ts'
import { testApp } from './support/app.ts'
import { begin, connect, logIn, openBrowser } from './support/browser.ts'
import { testDatabase } from './support/database.ts'
import { testIdp } from './support/idp.ts'
import { byRedirect, logoutParts, nameId } from './support/logout.ts'

test('rows whose time is over go, the others stay', async t => {
  const { app, db, clock } = await testApp(t)
  const idp = testIdp()
  const connection = await connect(app, idp, { logout_url: 'https://idp.example/slo' })
  await logIn(openBrowser(app), idp, connection)
  await begin(openBrowser(app), connection.id)
  const leaving = openBrowser(app)
  await logIn(leaving, idp, connection)
  await leaving.get('/logout')
  const message = byRedirect(idp, logoutParts(idp, connection.acsUrl.replace(/acs$/, 'slo'), { name: nameId('bob') }))
  await app.inject(`/saml/${connection.id}/slo?${message.query}`)
  t.equal(await purge(db, clock.now), 0)
  const count = async (table: string) =>
    (await db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n
  const later = (seconds: number) => new Date(clock.now.getTime() + seconds * 1000)
  t.equal(await purge(db, later(660)), 5, 'the login and the logout under way, and what could not come again')
  t.equal(await count('sessions'), 1)
  t.equal(await purge(db, later(28_801)), 2, 'a session, and what the feed said of the one that was left')
  t.equal(await count('sessions'), 0)
  t.equal(await count('login_attempts'), 2)
  t.equal(await purge(db, later(30 * 86_400)), 0)
  t.equal(await purge(db, later(28_801), { ttl: 28_801 }), 0)
  t.equal(await purge(db, later(28_801), { ttl: 28_800 }), 2, 'as ATTEMPTS_TTL says')
  t.equal(await count('people'), 1, 'people stay: their sub is for good')
})

test('an index serves the question which rows are over', async t => {
  const { db, clock } = await testApp(t)
  for (const row of mortal()) {
    const plan = await db.transaction(async tx => {
      await tx.query('set local enable_seqscan = off')
      return tx.query<{ 'QUERY PLAN': string }>(`explain ${purgeSql(row)}`, [clock.now])
    })
    const text = plan.map(line => line['QUERY PLAN']).join('\n')
    t.match(text, /Index Cond: \(\w+ < /, row[0] ?? '')
  }
})

test('more than a batch goes at once, by the one who holds the lease', async t => {
  const { db } = await testDatabase(t)
  await db.query(
    `insert into login_attempts (trace_id, at, outcome, checks)
     select 'trace' || n, now() - interval '31 days', 'accepted', '[]' from generate_series(1, 2500) n`,
  )
  await db.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock(4715062207)')
    t.equal(await purge(db, new Date()), 0, 'another replica is at it')
  })
  const stopping = new AbortController()
  stopping.abort()
  t.equal(await purge(db, new Date(), { signal: stopping.signal }), 1000, 'one that leaves finishes its batch')
  t.equal(await purge(db, new Date()), 1500)
  t.equal(await purge(db, new Date()), 0)
})
