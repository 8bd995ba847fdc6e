import { t, test } from 'tap'
import { openPerson } from './person.ts'
import { adminApi, container, containers, docker, origins, restart, secrets, statusOf, until } from './stack.ts'

const alice = await openPerson(t)
const claims = {
  iss: origins.assay,
  aud: origins.app,
  client_id: 'app',
  tenant: 'acme',
  email: 'alice@acme.example',
  name: 'Alice Ito',
  groups: ['admins', 'staff'],
  roles: ['admin'],
}

test('a stranger is led to the sign-in, and back to where they were going, though the service restarts meanwhile', async t => {
  await alice.begin('/reports?year=2026&part=a%26b', 'alice@acme.example')
  await restart('assay')
  const { url, ...shown } = await alice.choose('Alice Ito')
  t.equal(url, `${origins.app}/reports?year=2026&part=a%26b`)
  t.match(shown.claims, claims)
  t.match(shown.headers, {
    'x-auth-subject': shown.claims['sub'],
    'x-auth-email': 'alice@acme.example',
    'x-auth-tenant': 'acme',
    'x-auth-roles': 'admin',
  })
  t.notOk('cookie' in shown.headers)
})

const forged = {
  authorization: 'Bearer forged',
  'x-auth-subject': 'mallory',
  'x-auth-email': 'mallory@evil.example',
  'x-auth-roles': 'root',
  'x-auth-anything': 'mallory',
  x_auth_subject: 'mallory',
  'x-original-url': 'https://evil.example/',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-for': '192.0.2.66',
}

test('headers that a client forges get it nowhere, and nothing of them reaches the application', async t => {
  const stranger = await fetch(`${origins.app}/`, { headers: forged, redirect: 'manual' })
  t.equal(stranger.status, 302)
  const login = new URL(stranger.headers.get('location') ?? '')
  t.equal(login.origin, origins.assay)
  t.equal(login.searchParams.get('return_to'), `${origins.app}/`)
  const cookie = `assay_session=${await alice.cookie('assay_session')}`
  const body = await (await fetch(`${origins.app}/`, { headers: { ...forged, cookie } })).text()
  t.match(body, 'alice@acme.example')
  t.notMatch(body, /mallory|evil|root|anything|192\.0\.2\.66/)
})

test('no client may ask the gateway’s own question', async t => {
  const cookie = `assay_session=${await alice.cookie('assay_session')}`
  for (const headers of [{}, { cookie }]) t.equal(await statusOf(`${origins.app}/_assay`, headers), 404)
})

test('only the gateway is believed when it says where a person was going', async t => {
  const answer = await fetch(`${origins.assay}/gateway/verify?client=app`, {
    headers: { 'x-original-url': `${origins.app}/x` },
  })
  t.equal(answer.headers.get('x-auth-login'), `${origins.assay}/login?client=app`)
})

test('the application believes a token and nothing else', async t => {
  const { Id: id } = await container('idp')
  const ask = (headers: object) => {
    const code = `console.log((await fetch('http://backend:3000', { headers: ${JSON.stringify(headers)} })).status)`
    return docker('exec', id, 'node', '--input-type=module', '-e', code)
  }
  t.equal((await ask({ 'x-auth-subject': 'mallory' })).trim(), '401')
  t.equal((await ask(forged)).trim(), '401')
})

test('a session survives a restart of the service', async t => {
  const { shown: before } = await alice.open('/')
  await restart('assay')
  const { shown: after } = await alice.open('/')
  t.equal(after?.claims['sid'], before?.claims['sid'])
  t.match(after?.claims, claims)
})

test('the service outlives its database: not ready without it, and a login begun before goes on after', async t => {
  const carol = await openPerson(t)
  await carol.begin('/', 'carol@globex.example')
  const [database, service] = [await container('postgres'), await container('assay')]
  await alice.open('/')
  await docker('stop', '--time', '20', database.Id)
  t.equal(await statusOf(`${origins.assay}/readyz`), 503)
  t.equal(await statusOf(`${origins.assay}/livez`), 200)
  const known = await alice.cookie('assay_session')
  t.equal(await statusOf(`${origins.app}/`, { cookie: `assay_session=${known}` }), 200, 'from memory')
  const unknown = (known.startsWith('A') ? 'B' : 'A') + known.slice(1)
  t.equal(await statusOf(`${origins.app}/`, { cookie: `assay_session=${unknown}` }), 500, 'nobody can tell: closed')
  await docker('start', database.Id)
  await until(() => statusOf(`${origins.assay}/readyz`), 200)
  t.match(await carol.choose('Carol Lindqvist'), { claims: { email: 'carol@globex.example', tenant: 'globex' } })
  t.match((await alice.open('/')).shown?.claims, claims)
  t.equal((await container('assay')).State.StartedAt, service.State.StartedAt)
})

test('the one-shot containers may run again and change nothing', async t => {
  const tell = async () => {
    const connections = await adminApi<{ items: { id: string; tenant: string }[] }>('connections')
    const clients = await adminApi<{ items: { client_id: string }[] }>('clients')
    return {
      connections: connections.items.map(({ id, tenant }) => ({ id, tenant })),
      clients: clients.items.map(one => one.client_id),
    }
  }
  const before = await tell()
  t.strictSame(before.connections.map(one => one.tenant).sort(), ['acme', 'globex'])
  t.match(await docker('start', '--attach', (await container('migrate')).Id), 'The schema is at head.')
  await docker('start', '--attach', (await container('seed')).Id)
  t.strictSame(await tell(), before)
  t.match((await alice.open('/')).shown?.claims, claims)
})

test('no log holds a secret, a session, a token or a message', async t => {
  const session = await alice.cookie('assay_session')
  const verdict = await fetch(`${origins.assay}/gateway/verify`, { headers: { cookie: `assay_session=${session}` } })
  const token = verdict.headers.get('authorization')?.slice('Bearer '.length) ?? ''
  const [posted = ''] = alice.posted
  const hidden = {
    ...secrets,
    session,
    token,
    login: await alice.cookie('assay_login'),
    header: token.split('.')[0] ?? '',
    posted: posted.slice(0, 40),
  }
  const logs = (await Promise.all([...(await containers()).values()].map(({ Id }) => docker('logs', Id)))).join('\n')
  t.match(logs, '"outcome":"accepted"')
  for (const [name, text] of Object.entries(hidden)) {
    t.ok(text.length >= 20, name)
    t.notOk(logs.includes(text), name)
  }
})

test('whoever signs out is a stranger again', async t => {
  await alice.open('/')
  t.match(await alice.signOut(), `${origins.assay}/login?client=app`)
  t.equal((await alice.open('/')).shown, undefined)
})
