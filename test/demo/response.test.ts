import { createHash, verify, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import samlify from 'samlify'
import { test } from 'tap'
import { type Facts, text, writeAssertion } from '../../src/demo/assertion.ts'
import { people } from '../../src/demo/people.ts'
import { buildResponse, type ResponseInput } from '../../src/demo/response.ts'
import { canonicalize, withXml, type XmlElement } from '../../src/saml/xml.ts'
import { aliceInput, freshSigner, now } from '../support/demo.ts'
import { schema } from '../support/schema.ts'

const idp = freshSigner()
const stranger = freshSigner()
const certificate = new X509Certificate(Buffer.from(idp.certificate, 'base64'))
const build = (changes: Partial<ResponseInput> = {}) => buildResponse({ ...aliceInput(idp, stranger), ...changes })

const bindings = {
  Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  Location: 'http://localhost:8080/sso',
}
const metadata = samlify.IdentityProvider({ signingCert: idp.certificate, singleSignOnService: [bindings] }).entityMeta
const signatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/** The element that samlify finds signed by the identity provider, or null. */
const provenBySamlify = (xml: string): string | null => {
  const [proven, element] = samlify.SamlLib.verifySignature(xml, { metadata, signatureAlgorithm })
  return proven ? element : null
}

const between = (xml: string, start: string, end: string): string => {
  const from = xml.indexOf(start)
  return xml.slice(from, xml.indexOf(end, from) + end.length)
}

test('a good response follows the SAML schema', async t => {
  t.doesNotThrow(() => withXml(build(), schema))
})

test('a good response is signed over the assertion as it is written', async t => {
  const xml = build()
  const assertion = between(xml, '<saml:Assertion ', '</saml:Assertion>')
  const signature = between(xml, '<ds:Signature ', '</ds:Signature>')
  const digest = createHash('sha256').update(assertion.replace(signature, '')).digest('base64')
  t.match(signature, `<ds:DigestValue>${digest}</ds:DigestValue>`)
  const info = between(signature, '<ds:SignedInfo ', '</ds:SignedInfo>')
  const value = /<ds:SignatureValue>([^<]+)</.exec(signature)?.[1] ?? ''
  t.ok(verify('sha256', Buffer.from(info), certificate.publicKey, Buffer.from(value, 'base64')))
})

test('samlify proves the assertion of a good response', async t => {
  t.match(provenBySamlify(build()), /^<saml:Assertion /)
})

const odd = ['a', 'ß', '職', '🜚', '&', '<', '>', '"', "'", ' ', '\t', '\n', '$&', ']]>']
const named = (units: string[]) => {
  const name = fc.string({ unit: fc.constantFrom(...units), maxLength: 12 })
  return fc.record({ givenName: name, groups: fc.array(name, { maxLength: 3 }) })
}

test('samlify proves a response whatever people are called', async t => {
  const proven = fc.property(
    named(odd),
    names => provenBySamlify(build({ person: { ...people.alice, ...names } })) !== null,
  )
  t.doesNotThrow(() => fc.assert(proven, { numRuns: 40 }))
})

const exclusively = (root: XmlElement) => canonicalize(root, { exclusive: true, inclusivePrefixes: [] })
const facts: Facts = {
  responseId: '_r',
  assertionId: '_a',
  sessionIndex: '_s',
  inResponseTo: '_q',
  issuer: 'i',
  audience: 'a',
  destination: 'd',
  recipient: 'd',
  nameId: 'n',
  issueInstant: now,
  notBefore: now,
  notOnOrAfter: now,
  attributes: {},
}

test('an assertion is its own exclusive canonical form, whatever it holds', async t => {
  const canonical = fc.property(named([...odd, '\r']), ({ givenName, groups }) => {
    const attributes = { groups, [givenName]: [givenName] }
    const assertion = writeAssertion({ ...facts, issuer: givenName, recipient: givenName, attributes })
    return withXml(assertion, exclusively) === assertion
  })
  t.doesNotThrow(() => fc.assert(canonical, { numRuns: 40 }))
})

test('a good response answers the request, at its address, for its service, for five minutes', async t => {
  const xml = build()
  t.match(xml, 'Destination="http://localhost:8080/saml/c1/acs"')
  t.match(
    xml,
    'InResponseTo="_request" NotOnOrAfter="2026-11-23T16:45:12.000Z" Recipient="http://localhost:8080/saml/c1/acs"',
  )
  t.match(xml, '<saml:Conditions NotBefore="2026-11-23T16:39:12.000Z" NotOnOrAfter="2026-11-23T16:45:12.000Z">')
  t.match(xml, '<saml:Audience>http://localhost:8080/saml/c1/metadata</saml:Audience>')
  for (const value of ['alice@acme.example', 'Alice', 'Ito', 'Alice Ito', 'admins', 'staff']) {
    t.match(xml, `<saml:AttributeValue>${text(value)}</saml:AttributeValue>`)
  }
})

test('the same input gives the same response, and other ids give another', async t => {
  t.equal(build(), build())
  t.not(build(), build({ randomId: () => '_other' }))
})
