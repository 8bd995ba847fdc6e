// Clients in memory and the code flow: a login costs four statements, and what changed at another replica counts at once for tokens.

import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { connect, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { passProvider, redeem, refresh, register, requestUrl, type TestClient, told } from '../support/oauth.ts'
import { through } from '../support/through.ts'

const idp = testIdp()
const wire = through()
const a = testApp(root, { through: wire.db })
// Another replica, where everything is changed.
const b = a.then(({ databaseUrl }) => testApp(root, { databaseUrl }))

const closed = { confidential: true }

async function scene(more: object = {}) {
  const { app, clock } = await a
  const elsewhere = await b
  elsewhere.clock.now = clock.now
  const connection = await connect(app, idp)
  const client = await register(app, { connections: [connection.id], ...more })
  const login = async (query: Record<string, string> = {}, at = app) => {
    const browser = openBrowser(at)
    const asked = await browser.get(requestUrl(client, { connection: connection.id, ...query }))
    return told(client, await passProvider(browser, idp, connection, asked, { now: clock.now.getTime() }))['code']
  }
  const redeemHere = (code: string | undefined, as = client) => redeem(app, as, code)
  // Now this replica has the client in memory.
  const tokens = (await redeemHere(await login())).body
  return { app, clock, elsewhere, connection, client, login, redeemHere, tokens, admin: elsewhere.admin }
}

test('a login through the code flow costs four statements, with a refresh token and a secret too', async t => {
  const { login, redeemHere } = await scene(closed)
  const before = wire.statements.length
  const { status, body } = await redeemHere(await login())
  t.equal(status, 200)
  t.ok(body.refresh_token && body.id_token)
  const made = wire.statements.slice(before).filter(text => !text.includes('signing_keys'))
  t.equal(made.length, 4, made.join('\n\n'))
})

test('a secret that was renewed elsewhere ends at once, for codes and refresh tokens, and the new one counts at once', async t => {
  const { app, admin, client, login, redeemHere, tokens } = await scene(closed)
  const code = await login()
  const { body } = await admin('POST', `/clients/${client.id}/secret`)
  const renewed: TestClient = { ...client, secret: body.client_secret }
  for (const wrong of [code, 'no-code-at-all'])
    t.match(await redeemHere(wrong), { status: 401, body: { error: 'invalid_client' } })
  t.match(await refresh(app, client, tokens.refresh_token), { status: 401, body: { error: 'invalid_client' } })
  t.match(await refresh(app, client, 'no-token-at-all'), { status: 401, body: { error: 'invalid_client' } })
  t.match(await redeemHere(code, renewed), { status: 200 }, 'the code was not used up')
  t.match(await refresh(app, renewed, tokens.refresh_token), { status: 200 })
})

test('a client that became confidential elsewhere gives nothing to whoever only says its name', async t => {
  const { app, admin, client, login, redeemHere, tokens } = await scene()
  const code = await login()
  await admin('PATCH', `/clients/${client.id}`, closed)
  t.match(await redeemHere(code), { status: 401, body: { error: 'invalid_client' } })
  t.match(await refresh(app, client, tokens.refresh_token), { status: 401, body: { error: 'invalid_client' } })
})

test('a client that was removed and made anew elsewhere is another one, though its version is the same', async t => {
  const { app, admin, clock, elsewhere, client, connection, login, redeemHere } = await scene(closed)
  await admin('DELETE', `/clients/${client.id}`)
  elsewhere.clock.now = new Date(clock.now.getTime() + 1)
  const audience = 'https://another.example'
  const { body } = await admin('POST', '/clients', {
    ...{ client_id: client.id, name: 'Anew', audience, redirect_uris: [client.redirectUri], ...closed },
  })
  const code = await login({}, elsewhere.app)
  t.match(await redeemHere(code), { status: 401, body: { error: 'invalid_client' } })
  const answer = await redeemHere(code, { ...client, secret: body.client_secret })
  t.equal(answer.status, 200)
  const [, claims = ''] = answer.body.access_token.split('.')
  t.match(JSON.parse(Buffer.from(claims, 'base64url').toString()), { aud: audience })
  clock.now = new Date(clock.now.getTime() + 5_000)
  await openBrowser(app).get(requestUrl(client, { connection: connection.id }))
  t.equal((await redeemHere(await login(), { ...client, secret: body.client_secret })).status, 200)
})

test('what was ended or switched off elsewhere gives no tokens from that moment on', async t => {
  const ways: Record<string, (s: Awaited<ReturnType<typeof scene>>) => Promise<unknown>> = {
    'the session': ({ admin, connection }) => admin('DELETE', `/sessions?connection=${connection.id}`),
    'the connection': ({ admin, connection }) => admin('PATCH', `/connections/${connection.id}`, { enabled: false }),
    'the connection, gone': ({ admin, connection }) => admin('DELETE', `/connections/${connection.id}`),
    'the connection for this client': ({ admin, client }) =>
      admin('PATCH', `/clients/${client.id}`, { connections: ['abcdefgh'] }),
  }
  for (const [way, end] of Object.entries(ways)) {
    const all = await scene()
    const code = await all.login()
    await end(all)
    t.match(await all.redeemHere(code), { status: 400, body: { error: 'invalid_grant' } }, way)
    const refreshed = await refresh(all.app, all.client, all.tokens.refresh_token)
    t.match(refreshed, { status: 400, body: { error: 'invalid_grant' } }, way)
  }
})

test('an address that was taken from a client elsewhere gives no tokens at once, and no code within five seconds', async t => {
  const { app, admin, clock, client, connection, login, redeemHere } = await scene()
  const code = await login()
  await admin('PATCH', `/clients/${client.id}`, { redirect_uris: ['https://new.example/cb'] })
  t.match(await redeemHere(code), { status: 400, body: { error: 'invalid_grant' } })
  clock.now = new Date(clock.now.getTime() + 4_999)
  const asked = await openBrowser(app).get(requestUrl(client, { connection: connection.id }))
  t.match(asked.json(), { status: 400, code: 'redirect_uri_not_allowed' })
})

test('tokens are those of the client as it is now, whatever this replica remembers', async t => {
  const { admin, client, login, redeemHere } = await scene()
  const code = await login()
  await admin('PATCH', `/clients/${client.id}`, { token_ttl: 77 })
  t.match(await redeemHere(code), { status: 200, body: { expires_in: 77 } })
})

test('a login for a client that was removed elsewhere a moment ago is refused, not broken', async t => {
  const { app, admin, client, connection } = await scene()
  const url = `/login/${connection.id}?client=${client.id}`
  t.equal((await openBrowser(app).get(url)).statusCode, 302)
  await admin('DELETE', `/clients/${client.id}`)
  t.match((await openBrowser(app).get(url)).json(), { status: 400, code: 'client_not_found' })
})
