import { test } from 'tap'
import { purge } from '../src/purge.ts'
import { testApp } from './support/app.ts'
import { begin, connect, logIn, openBrowser } from './support/browser.ts'
import { testIdp } from './support/idp.ts'

test('rows whose time is over go, the others stay', async t => {
  const { app, db, clock } = await testApp(t)
  const idp = testIdp()
  const connection = await connect(app, idp)
  await logIn(openBrowser(app), idp, connection)
  await begin(openBrowser(app), connection.id)
  t.equal(await purge(db, clock.now), 0)
  const count = async (table: string) =>
    (await db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n
  const later = (seconds: number) => new Date(clock.now.getTime() + seconds * 1000)
  t.equal(await purge(db, later(601)), 2, 'the login under way, and the assertion that could not come again')
  t.equal(await count('sessions'), 1)
  t.equal(await purge(db, later(28_801)), 1)
  t.equal(await count('sessions'), 0)
  t.equal(await count('login_attempts'), 1)
  t.equal(await purge(db, later(31 * 86_400)), 1)
  t.equal(await count('people'), 1, 'people stay: their sub is for good')
})
