// A small identity provider for tests. Messages are written as strings that are canonical already (namespaces where exclusive
// canonicalisation puts them, attributes in order), and signed with node:crypto: no canonicaliser is shared with what is tested.

import { createHash, type KeyObject } from 'node:crypto'
import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { type SignatureOptions, signatureOf } from './dsig.ts'
import { rsaPair } from './rsa.ts'

/** An identity provider: its issuer, its key pair and its certificate. */
export interface TestIdp {
  issuer: string
  privateKey: KeyObject
  publicKey: KeyObject
  /** PEM. */
  certificate: string
  /** Base64 of the DER. */
  bareCertificate: string
}

/** Makes an identity provider with a fresh RSA key. */
export function testIdp(issuer = 'https://idp.example/metadata', bits = 2048): TestIdp {
  const { privateKey, publicKey } = rsaPair(bits)
  const day = 86_400_000
  const certificate = selfSignedCertificate({
    subject: issuer,
    publicKey,
    privateKey,
    serial: Buffer.from('01', 'hex'),
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 365 * day),
  })
  const bareCertificate = certificate.replace(/-----[^-]+-----|\s/g, '')
  return { issuer, privateKey, publicKey, certificate, bareCertificate }
}

/** The parts of a response; each may be replaced by a test. */
export interface Parts {
  responseId: string
  assertionId: string
  issuer: string
  responseIssuer: string | null
  destination: string | null
  inResponseTo: string | null
  status: string
  now: number
  audience: string
  recipient: string
  nameId: string
  nameIdFormat: string
  attributes: Record<string, string[]>
  authnContext: string
  sessionIndex: string
  sessionNotOnOrAfter: string | null
  /** Replaces whole elements of the assertion, in canonical form. */
  subject: string | null
  conditions: string | null
  authnStatement: string | null
  sign: 'assertion' | 'response' | 'both' | 'none'
  /** How every signature of the message is made. */
  signature: SignatureOptions
  /** Changes the text of the assertion, or of the whole Response, before it is signed; canonical again afterwards. */
  editAssertion?: (xml: string) => string
  editResponse?: (xml: string) => string
}

/** What a service provider says in its request. */
export interface ServiceProvider {
  entityId: string
  acsUrl: string
}

const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** Milliseconds as xs:dateTime. */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** Character data as canonical XML writes it (xml-c14n §2.3). */
export const chars = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;')

/** An attribute value as canonical XML writes it. */
export const attr = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;')

let counter = 0
const id = (): string =>
  `_${createHash('sha256').update(`${process.pid} ${performance.now()} ${counter++}`).digest('hex')}`

/** The parts of a good response to one request. */
export function parts(idp: TestIdp, sp: ServiceProvider, inResponseTo: string | null, now = Date.now()): Parts {
  return {
    responseId: id(),
    assertionId: id(),
    issuer: idp.issuer,
    responseIssuer: idp.issuer,
    destination: sp.acsUrl,
    inResponseTo,
    status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    now,
    audience: sp.entityId,
    recipient: sp.acsUrl,
    nameId: 'alice',
    nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    attributes: { email: ['alice@acme.example'], groups: ['staff', 'admins'] },
    authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    sessionIndex: id(),
    sessionNotOnOrAfter: null,
    subject: null,
    conditions: null,
    authnStatement: null,
    sign: 'assertion',
    signature: {},
  }
}

/** The assertion of a response, signed where the parts say so. */
export function assertionXml(idp: TestIdp, p: Parts): string {
  const signature = '<!signature>'
  const { editAssertion: edit = text => text } = p
  const xml = edit(
    `<saml:Assertion xmlns:saml="${saml}" ID="${p.assertionId}" IssueInstant="${instant(p.now)}" Version="2.0">` +
      `<saml:Issuer>${chars(p.issuer)}</saml:Issuer>${signature}${p.subject ?? subjectXml(p)}` +
      `${p.conditions ?? conditionsXml(p)}${p.authnStatement ?? authnStatementXml(p)}${attributesXml(p)}</saml:Assertion>`,
  )
  const signed = p.sign === 'assertion' || p.sign === 'both'
  const bare = xml.replace(signature, '')
  return signed ? xml.replace(signature, () => signatureOf(idp, bare, p.assertionId, p.signature)) : bare
}

/** A whole Response as XML. */
export function responseXml(idp: TestIdp, p: Parts, assertion = assertionXml(idp, p)): string {
  const destination = p.destination === null ? '' : ` Destination="${attr(p.destination)}"`
  const inResponseTo = p.inResponseTo === null ? '' : ` InResponseTo="${p.inResponseTo}"`
  const issuer =
    p.responseIssuer === null ? '' : `<saml:Issuer xmlns:saml="${saml}">${chars(p.responseIssuer)}</saml:Issuer>`
  const signature = '<!signature>'
  const { editResponse: edit = text => text } = p
  const xml = edit(
    `<samlp:Response xmlns:samlp="${samlp}"${destination} ID="${p.responseId}"${inResponseTo}` +
      ` IssueInstant="${instant(p.now)}" Version="2.0">${issuer}${signature}` +
      `<samlp:Status><samlp:StatusCode Value="${p.status}"></samlp:StatusCode></samlp:Status>${assertion}</samlp:Response>`,
  )
  const signed = p.sign === 'response' || p.sign === 'both'
  const bare = xml.replace(signature, '')
  return signed ? xml.replace(signature, () => signatureOf(idp, bare, p.responseId, p.signature)) : bare
}

/** A good response in the form in which a browser posts it, changed by `change`. */
export function respond(
  idp: TestIdp,
  sp: ServiceProvider,
  inResponseTo: string | null,
  change: Partial<Parts> = {},
): string {
  return Buffer.from(responseXml(idp, { ...parts(idp, sp, inResponseTo), ...change })).toString('base64')
}

/** The Subject of an assertion. */
export function subjectXml(p: Parts): string {
  const inResponseTo = p.inResponseTo === null ? '' : ` InResponseTo="${p.inResponseTo}"`
  return (
    `<saml:Subject><saml:NameID Format="${p.nameIdFormat}">${chars(p.nameId)}</saml:NameID>` +
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">' +
    `<saml:SubjectConfirmationData${inResponseTo} NotOnOrAfter="${instant(p.now + 300_000)}" Recipient="${attr(p.recipient)}">` +
    '</saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>'
  )
}

function conditionsXml(p: Parts): string {
  return (
    `<saml:Conditions NotBefore="${instant(p.now - 60_000)}" NotOnOrAfter="${instant(p.now + 300_000)}"><saml:AudienceRestriction>` +
    `<saml:Audience>${chars(p.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`
  )
}

function authnStatementXml(p: Parts): string {
  const end = p.sessionNotOnOrAfter === null ? '' : ` SessionNotOnOrAfter="${p.sessionNotOnOrAfter}"`
  return (
    `<saml:AuthnStatement AuthnInstant="${instant(p.now)}" SessionIndex="${p.sessionIndex}"${end}><saml:AuthnContext>` +
    `<saml:AuthnContextClassRef>${p.authnContext}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
  )
}

function attributesXml(p: Parts): string {
  const attribute = ([name, values]: [string, string[]]) =>
    `<saml:Attribute Name="${attr(name)}">${values.map(value => `<saml:AttributeValue>${chars(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`
  const all = Object.entries(p.attributes).map(attribute).join('')
  return all === '' ? '' : `<saml:AttributeStatement>${all}</saml:AttributeStatement>`
}
