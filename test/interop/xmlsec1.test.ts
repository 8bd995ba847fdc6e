import { createPublicKey } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { t, test } from 'tap'
import { type Connection, needPackages, openStage, run } from './support.ts'
import { begin, bring } from './xmlsec1/exchange.ts'
import { makeKey, name, type Style, signedResponse } from './xmlsec1/signer.ts'

await needPackages('xmlsec1', 'openssl', 'libxml2-utils', 'xmltooling-schemas', 'opensaml-schemas')
const stage = await openStage(t)
const idp = await makeKey(stage.home)

const connect = (certificate: string, settings: object = {}) =>
  stage.api<Connection>('POST', '/connections', {
    tenant: 'acme',
    name: 'Acme by hand',
    issuer: 'https://idp.example/metadata',
    sign_on_url: 'https://idp.example/sso?tenant=1',
    certificates: [certificate],
    ...settings,
  })

async function kept(file: string, content: string | Buffer): Promise<string> {
  const path = join(stage.home, file)
  await writeFile(path, content)
  return path
}

// The certificate that our metadata states for `use`, as PEM.
async function ourCertificate({ sp }: Connection, use: 'signing' | 'encryption'): Promise<string> {
  const metadata = await (await fetch(sp.metadata_url)).text()
  const stated = new RegExp(`<md:KeyDescriptor use="${use}">.*?<ds:X509Certificate>([^<]+)`, 's').exec(metadata)?.[1]
  const lines = (stated ?? '').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

// xmlsec1 with nothing but this certificate to go by: the KeyInfo in the message is not looked at.
function verify(file: string, element: string, certificate: string): Promise<string> {
  const keys = ['--enabled-key-data', 'key-name', '--pubkey-cert-pem', certificate]
  return run('xmlsec1', ['--verify', ...keys, '--id-attr:ID', element, file])
}

function validate(file: string): Promise<string> {
  const schemas = fileURLToPath(new URL('xmlsec1/all.xsd', import.meta.url))
  return run('xmllint', ['--nonet', '--noout', '--schema', schemas, file])
}

const spoken = await connect(idp.certificate, {
  request_binding: 'post',
  force_authn: true,
  nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  requested_authn_context: ['urn:example:one', 'urn:example:two'],
})
const signing = await kept('signing.pem', await ourCertificate(spoken, 'signing'))
const foreign = `${idp.path}.crt`

test('a request by HTTP-POST follows the schema, and xmlsec1 verifies its signature', async t => {
  const page = await (await fetch(`${stage.publicUrl}/login/${spoken.id}`)).text()
  const field = /name="SAMLRequest" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const xml = Buffer.from(field, 'base64').toString()
  const request = await kept('request.xml', xml)
  const changed = await kept('changed.xml', xml.replace('ForceAuthn="true"', 'ForceAuthn="false"'))
  const element = 'urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest'
  t.match(await validate(request), 'validates')
  t.match(await verify(request, element, signing), /^OK$/m)
  await t.rejects(verify(changed, element, signing))
  await t.rejects(verify(request, element, foreign))
})

test('our metadata follows the schema, and xmlsec1 verifies its signature', async t => {
  const xml = await (await fetch(spoken.sp.metadata_url)).text()
  const metadata = await kept('metadata.xml', xml)
  const changed = await kept('changed.xml', xml.replace('/acs"', '/acs/x"'))
  const element = 'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor'
  t.match(await validate(metadata), 'validates')
  t.match(await verify(metadata, element, signing), /^OK$/m)
  await t.rejects(verify(changed, element, signing))
  await t.rejects(verify(metadata, element, foreign))
})

test('openssl verifies the signature of a request by HTTP-Redirect over the very query that is sent', async t => {
  const { location, request } = await begin(stage, await connect(idp.certificate))
  const [, signed = '', signature = ''] = /[?&](SAMLRequest=.*)&Signature=([^&]+)$/.exec(location) ?? []
  t.match(signed, /^SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=[^&]+$/)
  t.equal(new URLSearchParams(signed).get('SigAlg'), 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
  const key = await kept(
    'signing.pub',
    createPublicKey(await ourCertificate(spoken, 'signing')).export({ type: 'spki', format: 'pem' }),
  )
  const value = await kept('signature', Buffer.from(decodeURIComponent(signature), 'base64'))
  const check = async (text: string) =>
    run('openssl', ['dgst', '-sha256', '-verify', key, '-signature', value, await kept('query', text)])
  t.match(await check(signed), 'Verified OK')
  await t.rejects(check(signed.replace('&RelayState=', '&RelayState=x')))
  t.match(await validate(await kept('redirect.xml', request)), 'validates')
})

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const rsa = (bits: number, digest = `${xenc}sha${bits}`) => ({ signature: `${more}rsa-sha${bits}`, digest })
const ecdsa = (bits: number, digest = `${xenc}sha${bits}`) => ({ signature: `${more}ecdsa-sha${bits}`, digest })
const usual: Style = { signs: ['Assertion'], ...rsa(256), canonicalization: exclusive }
const sha384 = `${more}sha384`

// What is special about a Response, the settings that it needs, and the curve of the key where that is no RSA key.
const styles: Record<string, [style: Partial<Style>, settings?: object, curve?: string]> = {
  'the Assertion signed': [{}, { require_signed: 'assertion' }],
  'the Response signed': [{ signs: ['Response'] }, { require_signed: 'response' }],
  'both signed': [{ signs: ['Response', 'Assertion'] }, { require_signed: 'both' }],
  'exclusive canonicalisation with comments': [{ canonicalization: `${exclusive}WithComments` }],
  'inclusive canonicalisation': [{ canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' }],
  'RSA-SHA384': [rsa(384, sha384)],
  'RSA-SHA512': [rsa(512)],
  'RSA-SHA512 over a SHA-384 digest': [rsa(512, sha384)],
  'RSA-SHA256 over a SHA-512 digest': [rsa(256, `${xenc}sha512`)],
  'ECDSA on P-256': [ecdsa(256), {}, 'P-256'],
  'ECDSA on P-384': [ecdsa(384, sha384), {}, 'P-384'],
  'ECDSA on P-521': [ecdsa(512), {}, 'P-521'],
  'ECDSA, both signed': [{ signs: ['Response', 'Assertion'], ...ecdsa(256) }, { require_signed: 'both' }, 'P-256'],
}

for (const [what, [style, settings, curve]] of Object.entries(styles)) {
  test(`a response made by xmlsec1 is taken: ${what}`, async t => {
    const key = curve ? await makeKey(stage.home, curve) : idp
    const connection = await connect(key.certificate, settings)
    const begun = await begin(stage, connection)
    const response = await signedResponse(key, connection, begun.requestId, { ...usual, ...style })
    const { code, claims } = await bring(stage, connection, begun, response)
    t.equal(code, null)
    t.match(claims, { name, connection: connection.id })
  })
}

const gcm = 'http://www.w3.org/2009/xmlenc11#aes'
const ciphers: [algorithm: string, bits: number, signs: Style['signs']][] = [
  [`${gcm}128-gcm`, 128, ['Assertion']],
  [`${gcm}192-gcm`, 192, ['Assertion']],
  [`${gcm}256-gcm`, 256, ['Response', 'Assertion']],
  [`${xenc}aes256-cbc`, 256, ['Response']],
]

for (const [algorithm, bits, signs] of ciphers) {
  test(`an assertion that xmlsec1 encrypted is taken: ${algorithm}, signed: ${signs}`, async t => {
    const connection = await connect(idp.certificate, { require_encrypted: true })
    const certificate = await ourCertificate(connection, 'encryption')
    const begun = await begin(stage, connection)
    const style: Style = { ...usual, signs, encryption: { algorithm, bits, certificate } }
    const response = await signedResponse(idp, connection, begun.requestId, style)
    t.notMatch(response, '<saml:Assertion')
    const { code, claims } = await bring(stage, connection, begun, response)
    t.equal(code, null)
    t.match(claims, { name })
  })
}

test('what xmlsec1 signed is refused when a letter is changed, or when another key signed it', async t => {
  const connection = await connect(idp.certificate)
  const stranger = await makeKey(stage.home)
  for (const [key, from, to, code] of [
    [idp, '>alice<', '>alicf<', 'signature_digest'],
    [stranger, '', '', 'signature_unknown_key'],
  ] as const) {
    const begun = await begin(stage, connection)
    const response = await signedResponse(key, connection, begun.requestId, usual)
    t.equal((await bring(stage, connection, begun, response.replace(from, to))).code, code)
  }
})
