// What a demo assertion says, and its text. It is written in exclusive canonical form from the start: namespaces where they
// are first used, attributes in order, no self-closing tags, c14n's escapes. So it can be signed as it stands.

/** Everything that a response states. Times are instants; ids are XML names. */
export interface Facts {
  responseId: string
  assertionId: string
  sessionIndex: string
  inResponseTo: string
  issuer: string
  audience: string
  destination: string
  recipient: string
  nameId: string
  issueInstant: Date
  notBefore: Date
  notOnOrAfter: Date
  attributes: Readonly<Record<string, readonly string[]>>
}

/** The address-like NameID format that most companies choose (Core §8.3.2). */
export const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

const passwordContext = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'
const basicNames = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic'

/** The Assertion (Core §2.3.3) in exclusive canonical form; `signature` is put after its Issuer. */
export function writeAssertion(facts: Facts, signature = ''): string {
  const { assertionId, issueInstant, issuer } = facts
  return (
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${attribute(assertionId)}" IssueInstant="${issueInstant.toISOString()}" Version="2.0">` +
    `<saml:Issuer>${text(issuer)}</saml:Issuer>${signature}${subject(facts)}${conditions(facts)}${authnStatement(facts)}` +
    `<saml:AttributeStatement>${Object.entries(facts.attributes).map(attributeElement).join('')}</saml:AttributeStatement></saml:Assertion>`
  )
}

function subject({ nameId, inResponseTo, notOnOrAfter, recipient }: Facts): string {
  const data = `InResponseTo="${attribute(inResponseTo)}" NotOnOrAfter="${notOnOrAfter.toISOString()}" Recipient="${attribute(recipient)}"`
  return (
    `<saml:Subject><saml:NameID Format="${emailFormat}">${text(nameId)}</saml:NameID>` +
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">' +
    `<saml:SubjectConfirmationData ${data}></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>`
  )
}

function conditions({ notBefore, notOnOrAfter, audience }: Facts): string {
  return (
    `<saml:Conditions NotBefore="${notBefore.toISOString()}" NotOnOrAfter="${notOnOrAfter.toISOString()}">` +
    `<saml:AudienceRestriction><saml:Audience>${text(audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`
  )
}

function authnStatement({ issueInstant, sessionIndex }: Facts): string {
  return (
    `<saml:AuthnStatement AuthnInstant="${issueInstant.toISOString()}" SessionIndex="${attribute(sessionIndex)}"><saml:AuthnContext>` +
    `<saml:AuthnContextClassRef>${passwordContext}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
  )
}

function attributeElement([name, values]: [string, readonly string[]]): string {
  const written = values.map(value => `<saml:AttributeValue>${text(value)}</saml:AttributeValue>`).join('')
  return `<saml:Attribute Name="${attribute(name)}" NameFormat="${basicNames}">${written}</saml:Attribute>`
}

const textEscapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const attributeEscapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

/** A text node as canonical XML writes it (Canonical XML 1.0 §2.3). */
export function text(value: string): string {
  return value.replace(/[&<>\r]/g, character => textEscapes[character] ?? '')
}

/** An attribute's value as canonical XML writes it, for double quotes (Canonical XML 1.0 §2.3). */
export function attribute(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, character => attributeEscapes[character] ?? '')
}
