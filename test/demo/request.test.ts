import { deflateRawSync } from 'node:zlib'
import { test } from 'tap'
import { decodeRequest, readRequest } from '../../src/demo/request.ts'
import { authnRequestXml } from '../../src/saml/authn-request.ts'

const publicUrl = 'http://localhost:8080'
const facts = {
  id: '_abc123',
  acsUrl: `${publicUrl}/saml/c1/acs`,
  spEntityId: `${publicUrl}/saml/c1/metadata?a=1&b="2"`,
}
const request = authnRequestXml({
  ...facts,
  issueInstant: Date.parse('2026-11-23T16:40:12Z'),
  destination: `${publicUrl}/demo/idp/acme/sso`,
  forceAuthn: true,
  nameIdFormat: null,
  requestedAuthnContext: [],
})
const refused = { code: 'invalid_request' }

test('a request that this service writes is read with its id, its address and its issuer', async t => {
  t.same(readRequest(request, [publicUrl]), facts)
})

test('a request is taken that wants its answer at any of the origins given, and at none if none is given', async t => {
  t.match(readRequest(request, ['http://localhost:8082', publicUrl]), { acsUrl: facts.acsUrl })
  for (const origins of [[], ['http://localhost:8082'], [`${publicUrl}/`]])
    t.throws(() => readRequest(request, origins), refused)
})

test('a request arrives deflated by redirect and plain by post', async t => {
  t.equal(decodeRequest(deflateRawSync(request).toString('base64'), 'redirect'), request)
  t.equal(decodeRequest(Buffer.from(request).toString('base64'), 'post'), request)
})

test('what is not base64 or not deflated is refused', async t => {
  for (const encoded of [undefined, '', '%', ['a', 'b'], 'AAAA'])
    t.throws(() => decodeRequest(encoded, 'redirect'), refused)
})

test('a request that grows beyond 64 KiB is refused before it is inflated', async t => {
  const bomb = deflateRawSync(' '.repeat(10_000_000)).toString('base64')
  t.throws(() => decodeRequest(bomb, 'redirect'), refused)
})

test('a request that wants its answer elsewhere is refused', async t => {
  for (const origin of [
    'https://evil.example',
    'http://localhost:8081',
    'http://localhost:8080@evil.example',
    'https://localhost:8080',
  ]) {
    t.throws(
      () => readRequest(request.replaceAll(`${publicUrl}/saml/c1/acs`, `${origin}/acs`), [publicUrl]),
      refused,
      origin,
    )
  }
})

test('what is not one AuthnRequest with an id and an issuer is refused', async t => {
  const wrong = [
    '',
    '<x/>',
    request.replaceAll('AuthnRequest', 'LogoutRequest'),
    `<!DOCTYPE a>${request}`,
    request.replace('ID="_abc123"', 'ID="1 2"'),
    request.replace('ID="_abc123"', ''),
    request.replace(/<saml:Issuer>.*<\/saml:Issuer>/, ''),
    request.replace(/AssertionConsumerServiceURL="[^"]*"/, ''),
    `${request}${' '.repeat(70_000)}`,
  ]
  for (const xml of wrong) t.throws(() => readRequest(xml, [publicUrl, '']), refused)
})
