import { type Test, t, test } from 'tap'
import { fillIn, loginUrl, type Outcome, openBrowser, outcome, visit } from './browser.ts'
import { connect, startIdp } from './idp.ts'
import { audience, type Connection, openStage } from './support.ts'

const stage = await openStage(t)
const idp = await startIdp(t, stage, 'simplesamlphp')
const browser = await openBrowser(t)

const persistent = { nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }
const emailAddress = { nameid_format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }
const roles = { roles: [{ if: { groups: ['admins'] }, grant: ['admin'] }] }
// The identity provider takes no request that is not signed by the key in our metadata.
const strict = { 'validate.authnrequest': true, 'redirect.validate': true }
const algorithm = (name: string) => ({ 'signature.algorithm': `http://www.w3.org/2001/04/xmldsig-more#${name}` })
const sha1 = { 'signature.algorithm': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }
const encrypted = { 'assertion.encryption': true }
const unsignedResponse = { 'saml20.sign.response': false }
const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

async function signIn(t: Test, connection: Connection, person = 'alice'): Promise<Outcome> {
  const window = await visit(t, browser)
  await window.page.goto(loginUrl(stage, connection))
  await fillIn(window, idp.name, person)
  return outcome(stage, window, connection)
}

const responseSignature = /<samlp:Response [^>]*><saml:Issuer [^>]*>[^<]*<\/saml:Issuer><ds:Signature/
const assertionSignature = /<saml:Assertion [^>]*><saml:Issuer [^>]*>[^<]*<\/saml:Issuer><ds:Signature/
const neither = /^$/

const accepted: [how: string, settings: object, options: object, sent: RegExp, notSent: RegExp][] = [
  ['a request by HTTP-Redirect', {}, {}, responseSignature, neither],
  ['a request by HTTP-POST', { request_binding: 'post' }, {}, responseSignature, neither],
  ['only the response signed', { require_signed: 'response' }, {}, responseSignature, assertionSignature],
  [
    'only the assertion signed',
    { require_signed: 'assertion' },
    unsignedResponse,
    assertionSignature,
    responseSignature,
  ],
  ['RSA-SHA384', {}, algorithm('rsa-sha384'), /#rsa-sha384".*xmldsig-more#sha384"/s, /sha256|sha1/],
  ['RSA-SHA512', {}, algorithm('rsa-sha512'), /#rsa-sha512".*xmlenc#sha512"/s, /sha256|sha1/],
  ['RSA-SHA1 until a date', { allow_sha1_until: soon }, sha1, /#rsa-sha1".*xmldsig#sha1"/s, /sha256/],
  [
    'an encrypted assertion',
    { require_encrypted: true },
    encrypted,
    /<saml:EncryptedAssertion.*#aes128-cbc/s,
    /<saml:Assertion/,
  ],
  [
    'AES-CBC without a signed response, where that is allowed',
    { allow_cbc_unsigned: true, require_signed: 'assertion' },
    { ...encrypted, ...unsignedResponse },
    /<saml:EncryptedAssertion/,
    responseSignature,
  ],
]

for (const [how, settings, options, sent, notSent] of accepted) {
  test(`alice signs in with ${how}`, async t => {
    const connection = await connect(stage, idp, { ...persistent, ...settings }, { ...strict, ...options })
    const { claims, email, attempt, response } = await signIn(t, connection)
    t.match(response, sent)
    t.notMatch(response, notSent)
    t.match(claims, { email: 'alice@example.test', name: 'Alice Liddell', connection: connection.id })
    t.equal(email, 'alice@example.test')
    t.match(attempt, { outcome: 'accepted', code: null })
    t.same(
      attempt.checks.filter(check => check.verdict === 'fail'),
      [],
    )
  })
}

test('both signatures are wanted and given, and the token says everything that the mapping gives', async t => {
  const connection = await connect(stage, idp, { ...persistent, ...roles, require_signed: 'both' }, strict)
  const { claims, response } = await signIn(t, connection)
  t.match(response, responseSignature)
  t.match(response, assertionSignature)
  t.match(claims, {
    iss: stage.publicUrl,
    aud: audience,
    client_id: 'app',
    tenant: 'acme',
    connection: connection.id,
    email: 'alice@example.test',
    name: 'Alice Liddell',
    given_name: 'Alice',
    family_name: 'Liddell',
    groups: ['staff', 'admins'],
    roles: ['admin'],
    acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
    sub: /^[\w-]{22}$/,
    sid: String,
    jti: String,
  })
  t.equal((claims?.exp ?? 0) - (claims?.iat ?? 0), 300)
})

const refused: [what: string, code: string, settings: object, options: object][] = [
  ['a transient NameID', 'subject_unstable', { nameid_format: null }, {}],
  ['SHA-1', 'signature_algorithm', {}, sha1],
  [
    'AES-CBC that no response signature covers',
    'encryption_cbc_unsigned',
    {},
    { ...encrypted, 'saml20.sign.assertion': true, ...unsignedResponse },
  ],
  ['a plain assertion where an encrypted one is wanted', 'encryption_missing', { require_encrypted: true }, {}],
  ['one signature where two are wanted', 'signature_missing', { require_signed: 'both' }, unsignedResponse],
  ['no signature at all', 'signature_missing', {}, unsignedResponse],
  ['a NameID that is encrypted', 'subject_missing', {}, { 'nameid.encryption': true }],
  [
    'a password where a smart card is wanted',
    'authn_context_mismatch',
    { requested_authn_context: ['urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard'] },
    {},
  ],
]

for (const [what, code, settings, options] of refused) {
  test(`${what} is refused, and the attempt says what to change`, async t => {
    const connection = await connect(stage, idp, { ...persistent, ...settings }, options)
    const { claims, attempt } = await signIn(t, connection)
    t.equal(claims, undefined)
    t.match(attempt, { outcome: 'refused', code })
    const failed = attempt.checks.filter(check => check.verdict === 'fail')
    t.match(failed, [{ expected: /./, fix: /./ }])
  })
}
