import { generateKeyPairSync } from 'node:crypto'
import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { testIdp } from '../support/idp.ts'

// One service for all tests that do not need one of their own.
const service = testApp(root)

const idp = testIdp()
const three = { issuer: idp.issuer, sign_on_url: 'https://idp.example/sso', certificates: [idp.certificate] }
const body = { tenant: 'acme', name: 'Acme', ...three }
const fieldsOf = (answer: { body: { errors?: { field: string }[] } }) =>
  (answer.body.errors ?? []).map(one => one.field).sort()

const metadata = (certificates: string[], binding = 'HTTP-Redirect') => `<?xml version="1.0"?>
<!-- Exported by the console -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${idp.issuer}">
 <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  ${certificates.map((one, at) => `<md:KeyDescriptor${at === 0 ? ' use="signing"' : ''}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>\n${one}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`).join('')}
  <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/slo"/>
  <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://idp.example/soap"/>
  <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="https://idp.example/sso"/>
 </md:IDPSSODescriptor>
</md:EntityDescriptor>`

test('a connection is made, read, changed and removed, each with its ETag', async t => {
  const { admin } = await service
  const made = await admin('POST', '/connections', body)
  t.equal(made.status, 201)
  const path = `/connections/${made.body.id}`
  t.equal(made.headers['location'], `/api/v1${path}`)
  t.equal(made.headers['etag'], '"1"')
  t.match(made.body, { version: 1, enabled: true, clock_skew: 180, require_signed: 'any', provider: 'custom' })
  t.same(made.body.sp.certificates.length, 2)
  t.match(made.body.idp.certificates, [{ state: 'active', sha256: /^[0-9a-f]{64}$/ }])

  const changed = await admin('PATCH', path, { name: 'Acme, new', domains: ['ACME.example'] }, { 'if-match': '"1"' })
  t.equal(changed.status, 200)
  t.equal(changed.headers['etag'], '"2"')
  t.match(changed.body, { name: 'Acme, new', domains: ['acme.example'], issuer: idp.issuer })
  t.match((await admin('GET', path)).body, changed.body)

  t.match(await admin('PATCH', path, { name: 'Late' }, { 'if-match': '"1"' }), {
    status: 412,
    body: { code: 'precondition_failed' },
  })
  t.equal((await admin('DELETE', path, undefined, { 'if-match': '"1"' })).status, 412)
  t.equal((await admin('PATCH', path, { name: 'Whatever is there' }, { 'if-match': '*' })).status, 200)
  t.equal((await admin('DELETE', path, undefined, { 'if-match': '"3"' })).status, 204)
  t.match(await admin('GET', path), { status: 404, body: { code: 'connection_not_found' } })
})

test('two changes at once from the same version: one is made, the other is told', async t => {
  const { admin } = await service
  const { id } = (await admin('POST', '/connections', body)).body
  const names = ['A', 'B', 'C', 'D', 'E']
  const answers = await Promise.all(
    names.map(name => admin('PATCH', `/connections/${id}`, { name }, { 'if-match': '"1"' })),
  )
  t.same(answers.map(one => one.status).sort(), [200, 412, 412, 412, 412])
})

test('all mistakes of a body come at once, those of the schema and those beyond it', async t => {
  const { admin } = await testApp(t)
  const answer = await admin('POST', '/connections', {
    tenant: 'Not a tenant',
    colour: 'blue',
    clock_skew: 4000,
    sign_on_url: 'javascript:alert(1)',
    issuer: 'x',
    certificates: ['hello'],
    acs_aliases: ['ftp://x'],
    allow_sha1_until: '2099-01-01',
    attributes: { sub: ['uid'] },
  })
  t.match(answer, { status: 400, body: { code: 'invalid_request', status: 400, type: 'about:blank' } })
  t.match(answer.headers['content-type'], /application\/problem\+json/)
  const expected = ['acs_aliases[0]', 'allow_sha1_until', 'attributes.sub', 'certificates[0]', 'clock_skew', 'colour']
  t.same(fieldsOf(answer), [...expected, 'name', 'sign_on_url', 'tenant'])
  t.same((await admin('GET', '/connections')).body.items, [], 'nothing was kept')
})

test('nothing at all is told what is needed', async t => {
  const { admin } = await service
  t.same(fieldsOf(await admin('POST', '/connections', {})), ['certificates', 'issuer', 'name', 'sign_on_url', 'tenant'])
  for (const wrong of [[], null, 'x', 1])
    t.equal(
      (await admin('POST', '/connections', JSON.stringify(wrong), { 'content-type': 'application/json' })).status,
      400,
    )
})

test('metadata fills the three fields; logout address and all signing certificates come with it', async t => {
  const { admin } = await service
  const second = testIdp()
  const made = await admin('POST', '/connections', {
    tenant: 'acme',
    name: 'Acme',
    metadata_xml: metadata([idp.bareCertificate, second.bareCertificate]),
  })
  t.equal(made.status, 201)
  t.match(made.body.idp, {
    issuer: idp.issuer,
    sign_on_url: 'https://idp.example/sso',
    logout_url: 'https://idp.example/slo',
  })
  t.equal(made.body.idp.certificates.length, 2)
  t.equal(made.body.request_binding, 'redirect')
  const posted = await admin('POST', '/connections', {
    tenant: 'acme',
    name: 'P',
    metadata_xml: metadata([idp.bareCertificate], 'HTTP-POST'),
  })
  t.equal(posted.body.request_binding, 'post')
})

test('of two addresses in metadata the one of the wanted binding is taken; a federation file with one provider will do', async t => {
  const { admin } = await service
  const both = metadata([idp.bareCertificate]).replace(
    '<md:SingleSignOnService',
    '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/post"/><md:SingleSignOnService',
  )
  const made = async (metadata_xml: string, more = {}) =>
    (await admin('POST', '/connections', { tenant: 'acme', name: 'Acme', metadata_xml, ...more })).body
  t.match(await made(both), { request_binding: 'redirect', sign_on_url: 'https://idp.example/sso' })
  t.match(await made(both, { request_binding: 'post' }), {
    request_binding: 'post',
    sign_on_url: 'https://idp.example/post',
  })
  const redirectOnly = metadata([idp.bareCertificate])
  t.match(await made(redirectOnly, { request_binding: 'post' }), { request_binding: 'redirect' })
  const entity = both.slice(both.indexOf('<md:EntityDescriptor'))
  const federation = (entities: string) =>
    `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${entities}</md:EntitiesDescriptor>`
  t.equal((await made(federation(entity))).issuer, idp.issuer)
  t.equal((await made(federation(entity + entity))).code, 'invalid_request')
})

test('single logout comes from metadata: the address, its binding, and where answers go', async t => {
  const { admin } = await service
  const plain = metadata([idp.bareCertificate])
  const openService = '<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:'
  const posting = `${openService}HTTP-POST" Location="https://idp.example/post" ResponseLocation="https://idp.example/answers"/>`
  const both = plain.replace(
    '<md:SingleLogoutService',
    `${openService}SOAP" Location="https://x"/>${posting}<md:SingleLogoutService`,
  )
  const made = async (metadata_xml: string, more = {}) =>
    (await admin('POST', '/connections', { tenant: 'acme', name: 'Acme', metadata_xml, ...more })).body
  const byPost = { logout_url: 'https://idp.example/post', logout_response_url: 'https://idp.example/answers' }
  const byRedirect = { logout_url: 'https://idp.example/slo', logout_response_url: null, logout_binding: 'redirect' }
  t.match(await made(both), byRedirect)
  t.match(await made(both, { logout_binding: 'post' }), { ...byPost, logout_binding: 'post', idp: byPost })
  t.match(await made(plain, { logout_binding: 'post' }), byRedirect, 'only what is served there')
  const own = { logout_url: 'https://idp.example/own', logout_binding: 'post' }
  t.match(await made(plain, own), own)
  const without = plain.replace(/<md:SingleLogoutService[^>]*>/, '')
  t.match(await made(without), { logout_url: null, logout_binding: 'redirect', sp: { slo_url: /\/slo$/ } })
})

test('metadata that is none, lacks something or stands beside pasted fields is refused by name', async t => {
  const { admin } = await service
  const refused = async (more: object) =>
    fieldsOf(await admin('POST', '/connections', { tenant: 'acme', name: 'Acme', ...more }))
  t.same(await refused({ metadata_xml: 'https://idp.example/metadata' }), ['metadata_xml'])
  t.same(await refused({ metadata_xml: '<a/>' }), ['metadata_xml'])
  t.same(await refused({ metadata_xml: metadata([]) }), ['metadata_xml'])
  t.same(await refused({ metadata_xml: metadata([idp.bareCertificate], 'SOAP') }), ['metadata_xml'])
  t.same(await refused({ metadata_xml: `<!DOCTYPE a []>${metadata([idp.bareCertificate])}` }), ['metadata_xml'])
  t.same(await refused({ metadata_xml: metadata([idp.bareCertificate]), issuer: 'x' }), ['issuer'])
})

test('certificates are taken in every form in which consoles hand them out', async t => {
  const { admin } = await service
  const second = testIdp()
  const wrapped = (idp.bareCertificate.match(/.{1,76}/g) ?? []).join('\r\n')
  const forms: string[][] = [
    [idp.certificate.replaceAll('\n', '\r\n')],
    [idp.bareCertificate],
    [wrapped],
    [`  ${idp.certificate}\n${second.certificate}`],
    [idp.certificate.replaceAll('\n', ' ')],
  ]
  for (const certificates of forms) {
    const made = await admin('POST', '/connections', { ...body, certificates })
    t.equal(made.status, 201, JSON.stringify(made.body.errors))
  }
})

test('a private key pasted by mistake is refused, not kept and not logged', async t => {
  const { admin, db, log } = await testApp(t)
  const key = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey
  const answer = await admin('POST', '/connections', { ...body, certificates: [`${idp.certificate}${key}`] })
  t.equal(answer.status, 400)
  t.match(answer.body.errors, [{ field: 'certificates[0]', message: /private key/ }])
  const secret = key.split('\n')[3] ?? ''
  t.notOk(JSON.stringify(answer.body).includes(secret))
  t.notOk(log.join('').includes(secret))
  t.same(await db.query('select 1 from connections'), [])
})

test('weak and wrong keys are refused with what to do', async t => {
  const { admin } = await service
  const weak = await admin('POST', '/connections', { ...body, certificates: [testIdp('x', 1024).certificate] })
  t.match(weak.body.errors, [{ field: 'certificates[0]', message: /1024 bits/ }])
  const request = await admin('POST', '/connections', {
    ...body,
    certificates: ['-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'],
  })
  t.match(request.body.errors, [{ message: /CERTIFICATE REQUEST/ }])
  const xml = await admin('POST', '/connections', { ...body, certificates: [metadata([idp.bareCertificate])] })
  t.match(xml.body.errors, [{ message: /metadata_xml/ }])
})

test('lists come in pages, by tenant and domain', async t => {
  const { admin } = await testApp(t)
  for (const at of [1, 2, 3, 4, 5])
    await admin('POST', '/connections', { ...body, tenant: at > 3 ? 'globex' : 'acme', domains: [`d${at}.example`] })
  const seen: string[] = []
  let cursor = ''
  for (;;) {
    const page = (await admin('GET', `/connections?limit=2${cursor}`)).body
    seen.push(...page.items.map((one: { id: string }) => one.id))
    if (page.next_cursor === null) break
    cursor = `&cursor=${page.next_cursor}`
  }
  t.equal(new Set(seen).size, 5)
  t.equal((await admin('GET', '/connections?tenant=globex')).body.items.length, 2)
  t.equal((await admin('GET', '/connections?domain=D3.example')).body.items.length, 1)
  for (const limit of ['0', '201', 'many', '-1'])
    t.equal((await admin('GET', `/connections?limit=${limit}`)).status, 400)
})

test('nobody without the key gets an answer, whatever they ask', async t => {
  const { app } = await service
  for (const authorization of [
    undefined,
    'Bearer',
    'Bearer wrong',
    'Basic YTpi',
    'Bearer an-admin-key-for-tests-of-thirty-two-character',
  ]) {
    for (const [method, url] of [
      ['GET', '/connections'],
      ['POST', '/connections'],
      ['GET', '/clients'],
      ['GET', '/logins'],
      ['GET', '/signing-keys'],
    ] as const) {
      const answer = await app.inject({
        method,
        url: `/api/v1${url}`,
        headers: authorization === undefined ? {} : { authorization },
        ...(method === 'POST' ? { payload: { x: 1 } } : {}),
      })
      t.equal(answer.statusCode, 401)
      t.match(answer.json(), { code: 'unauthorized' })
    }
  }
})
