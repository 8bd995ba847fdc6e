import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser, type TestConnection } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'

const service = testApp(root)
const idp = testIdp()
const domain = (name: string) => ({ domains: [`${name}.example`] })

const change = async ({ id }: TestConnection, body: object) => {
  const { admin } = await service
  const answer = await admin('PATCH', `/connections/${id}`, body)
  return { ...answer, fields: (answer.body.errors ?? []).map(({ field }: { field: string }) => field) }
}
const policy = async (email: string) => {
  const { admin } = await service
  return (await admin('GET', `/sso-policy?email=${encodeURIComponent(email)}`)).body
}
const signIn = async (connection: TestConnection) => {
  const { app, clock } = await service
  return logIn(openBrowser(app), idp, connection, { now: clock.now.getTime() })
}
const demand = { sso_required: true, sso_exempt: ['Root@One.example'] }

test('SSO is demanded only after somebody has signed in with the very settings that are demanded', async t => {
  const { app, admin, clock } = await service
  const connection = await connect(app, idp, domain('one'))
  const pass = (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000)
  }
  t.match(await change(connection, demand), { status: 400, fields: ['sso_required'] }, 'nobody has signed in yet')
  t.equal((await signIn(connection)).statusCode, 303)
  pass(1)
  t.equal((await change(connection, { force_authn: true })).status, 200)
  t.match(await change(connection, demand), { status: 400, fields: ['sso_required'] }, 'not with these settings')
  t.equal((await signIn(connection)).statusCode, 303)
  pass(1)
  for (const other of [{ force_authn: false }, { enabled: false }, { certificates: [testIdp().certificate] }])
    t.match(await change(connection, { ...demand, ...other }), { status: 400, fields: ['sso_required'] })
  t.match(await change(connection, { sso_required: true }), { status: 400, fields: ['sso_exempt'] }, 'no way out')
  t.match(await change(connection, { ...demand, domains: [] }), { status: 400, fields: ['domains'] })
  t.same((await policy('alice@one.example')).required, false)
  const made = await change(connection, demand)
  t.match(made, { status: 200, body: { sso_required: true, sso_exempt: ['root@one.example'] } })
  t.match(await change(connection, { sso_exempt: [] }), { status: 400, fields: ['sso_exempt'] })
  t.equal((await change(connection, { force_authn: false })).status, 200, 'what is demanded already stays so')

  const roles = [{ grant: ['admin'], if: { groups: ['admins'] } }]
  const written = await connect(app, idp, { ...domain('written'), roles })
  await signIn(written)
  t.equal((await change(written, { ...demand, roles })).status, 200, 'what is said again in another order is no change')

  const body = { tenant: 'acme', name: 'Two', issuer: idp.issuer, sign_on_url: 'https://idp.example/sso' }
  const fresh = { ...body, ...domain('two'), certificates: [idp.certificate], ...demand }
  t.match(await admin('POST', '/connections', fresh), { status: 400, body: { errors: [{ field: 'sso_required' }] } })
})

test('an application learns who must come through their company’s sign-in, and who may always go another way', async t => {
  const { app } = await service
  const connection = await connect(app, idp, { ...domain('three'), name: 'Three' })
  await signIn(connection)
  t.match(await policy('alice@three.example'), { required: false, connections: [{ id: connection.id }] })
  t.equal((await change(connection, { sso_required: true, sso_exempt: ['root@three.example'] })).status, 200)
  const login_url = `https://sso.example/login/${connection.id}`
  t.match(await policy('Alice@THREE.example'), {
    required: true,
    connections: [{ id: connection.id, name: 'Three', sso_required: true, login_url }],
  })
  t.match(await policy('root@three.example'), { required: false, connections: [{ sso_required: true }] })
  t.same(await policy('alice@elsewhere.example'), { required: false, connections: [] })
  t.match(await policy('nobody'), { code: 'invalid_request', errors: [{ field: 'email' }] })
  t.equal((await change(connection, { enabled: false })).status, 200)
  t.same(await policy('alice@three.example'), { required: false, connections: [] }, 'nobody can sign in there')
})
