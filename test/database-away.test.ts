// The database goes away and comes back: requests fail with 503, the process lives, /readyz tells, nothing is half-done.

import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'tap'
import { startEmbedded } from '../src/db/embedded.ts'
import { testApp } from './support/app.ts'
import { begin, connect, deliver, logIn, openBrowser } from './support/browser.ts'
import { respond, testIdp } from './support/idp.ts'

test('a database that goes away and comes back', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-away-'))
  let server = await startEmbedded(folder)
  t.teardown(async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })
  // A server that comes back listens in a new folder; the service knows it by one address all the time.
  const socket = join(folder, 'socket')
  const publish = async () => {
    await rm(socket, { force: true })
    await symlink(new URL(server.url).searchParams.get('host') ?? '', socket)
  }
  await publish()
  const databaseUrl = `postgres://assay@localhost:5432/assay?host=${encodeURIComponent(socket)}&sslmode=disable`
  const { app, log, clock } = await testApp(t, { databaseUrl })
  const idp = testIdp()
  const connection = await connect(app, idp)
  const signedIn = openBrowser(app)
  await logIn(signedIn, idp, connection)
  const warm = openBrowser(app)
  await logIn(warm, idp, connection)
  t.equal((await warm.get('/gateway/verify')).statusCode, 200)
  t.equal((await warm.get('/gateway/verify')).statusCode, 200)
  const browser = openBrowser(app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const response = respond(idp, connection, requestId)
  t.equal((await app.inject('/readyz')).statusCode, 200)
  const metadata = await app.inject(`/saml/${connection.id}/metadata`)
  t.equal(metadata.statusCode, 200)
  const unseen = await connect(app, idp)

  await server.stop()
  t.match((await app.inject('/readyz')).json(), { status: 503, code: 'unavailable' })
  t.equal((await app.inject('/livez')).statusCode, 200)
  const refused = await deliver(browser, connection, response, relayState, 'text/html')
  t.equal(refused.statusCode, 503)
  t.equal(refused.headers['retry-after'], '5')
  t.equal(refused.cookies.length, 0)
  t.notMatch(refused.body, /ENOENT|ECONN|socket|postgres/i)
  t.equal((await browser.get(`/login/${connection.id}`)).statusCode, 503)
  const unknown = openBrowser(app)
  unknown.cookies.set('__Host-assay_session', 'A'.repeat(43))
  t.equal((await unknown.get('/gateway/verify')).statusCode, 503, 'closed, not open')
  t.equal((await signedIn.get('/gateway/verify')).statusCode, 200, 'who came in is known, asked for or not')
  const gone = clock.now.getTime()
  clock.now = new Date(gone + 59_000)
  t.equal((await warm.get('/gateway/verify')).statusCode, 200, 'who is known goes on for a minute')
  clock.now = new Date(gone + 61_000)
  t.equal((await warm.get('/gateway/verify')).statusCode, 503)
  t.equal((await app.inject('/.well-known/jwks.json')).statusCode, 200, 'keys go on from memory')
  t.equal((await app.inject(`/saml/${connection.id}/metadata`)).statusCode, 200, 'metadata that was read before too')
  t.equal((await app.inject(`/saml/${unseen.id}/metadata`)).statusCode, 503)

  server = await startEmbedded(folder)
  await publish()
  t.equal((await app.inject('/readyz')).statusCode, 200)
  t.equal((await deliver(browser, connection, response, relayState)).statusCode, 303, 'the login was not lost')
  t.equal((await warm.get('/gateway/verify')).statusCode, 503, 'the failure of this moment is not asked for again')
  clock.now = new Date(gone + 63_000)
  t.equal((await warm.get('/gateway/verify')).statusCode, 200)
  t.equal((await unknown.get('/gateway/verify')).statusCode, 401)
  const back = await signedIn.get('/gateway/verify')
  t.equal(back.statusCode, 200, log.at(-1) ?? '')
  t.notMatch(log.join(''), response.slice(0, 40))
})
