// The demo's SAML Response: a good one, or one with a misdeed. Pure: time, randomness and keys are arguments. The assertion
// is canonical as written, so its digest and signature are taken over the very text that is sent (XML Signature §3.1).

import { createHash, type KeyObject, sign } from 'node:crypto'
import { attribute, type Facts, text, writeAssertion } from './assertion.ts'
import type { Signer } from './keys.ts'
import { type Misdeed, type MisdeedName, misdeeds } from './misdeeds.ts'
import type { Person } from './people.ts'

/** What a response is made from. `request` is the AuthnRequest that it answers, `randomId` gives a fresh XML name each time. */
export interface ResponseInput {
  person: Person
  request: { id: string; acsUrl: string; spEntityId: string }
  idp: Signer & { entityId: string }
  stranger: Signer
  now: Date
  randomId: () => string
  misdeed?: MisdeedName | undefined
}

const minute = 60_000
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'

/** The Response (Core §3.3.3) as XML text, ready for base64. */
export function buildResponse(input: ResponseInput): string {
  const misdeed: Misdeed = input.misdeed === undefined ? { label: '', shows: '' } : misdeeds[input.misdeed]
  const stated = factsOf(input)
  const facts = misdeed.facts?.(stated) ?? stated
  const signer = { stranger: input.stranger, nobody: null, idp: input.idp }[misdeed.signedBy ?? 'idp']
  const assertion = writeAssertion(facts, signer === null ? '' : signatureOf(facts, signer))
  const xml = writeResponse(facts, assertion)
  return misdeed.message?.(xml, facts) ?? xml
}

function factsOf({ person, request, idp, now, randomId }: ResponseInput): Facts {
  return {
    responseId: randomId(),
    assertionId: randomId(),
    sessionIndex: randomId(),
    inResponseTo: request.id,
    issuer: idp.entityId,
    audience: request.spEntityId,
    destination: request.acsUrl,
    recipient: request.acsUrl,
    nameId: person.email,
    issueInstant: now,
    notBefore: new Date(now.getTime() - minute),
    notOnOrAfter: new Date(now.getTime() + 5 * minute),
    attributes: attributesOf(person),
  }
}

function attributesOf(person: Person): Facts['attributes'] {
  return {
    email: [person.email],
    given_name: [person.givenName],
    family_name: [person.familyName],
    name: [person.name],
    groups: person.groups,
  }
}

function writeResponse(
  { destination, responseId, inResponseTo, issueInstant, issuer }: Facts,
  assertion: string,
): string {
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${attribute(destination)}" ID="${attribute(responseId)}"` +
    ` InResponseTo="${attribute(inResponseTo)}" IssueInstant="${issueInstant.toISOString()}" Version="2.0">` +
    `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${text(issuer)}</saml:Issuer>` +
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>' +
    `${assertion}</samlp:Response>`
  )
}

/** The enveloped signature of an assertion: RSA-SHA256 over SignedInfo, which holds the SHA-256 of the assertion without it. */
function signatureOf(facts: Facts, { key, certificate }: Signer): string {
  const digest = createHash('sha256').update(writeAssertion(facts)).digest('base64')
  const info = signedInfo(facts.assertionId, digest)
  return (
    `<ds:Signature xmlns:ds="${dsig}">${info}<ds:SignatureValue>${rsaSha256(info, key)}</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`
  )
}

/** Repeats the namespace of the Signature around it, so that this text is its own canonical form. */
function signedInfo(assertionId: string, digest: string): string {
  return (
    `<ds:SignedInfo xmlns:ds="${dsig}"><ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod>` +
    '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>' +
    `<ds:Reference URI="#${attribute(assertionId)}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${dsig}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${exclusive}"></ds:Transform></ds:Transforms>` +
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>' +
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  )
}

function rsaSha256(content: string, key: KeyObject): string {
  return sign('sha256', Buffer.from(content), key).toString('base64')
}
