// ProvenXml → Assertion: reading, no judging (saml-core §2). Times stay text until a rule compares them, names stay exact.

import { Problem } from '../problem.ts'
import { lexicalGate } from './lexical.ts'
import { ns } from './names.ts'
import type { ProvenXml } from './proof.ts'
import {
  attribute,
  attributes,
  childNamed,
  children,
  childrenNamed,
  isNamed,
  text,
  withXml,
  type XmlElement,
} from './xml.ts'

/** A saml:NameID with everything that makes it one name and no other (saml-core §2.2.3). */
export interface NameID {
  value: string
  format: string | undefined
  nameQualifier: string | undefined
  spNameQualifier: string | undefined
}

/** A subject confirmation, with the data that the bearer method needs (saml-profiles §4.1.4.2). */
export interface SubjectConfirmation {
  method: string
  notBefore: string | undefined
  notOnOrAfter: string | undefined
  recipient: string | undefined
  inResponseTo: string | undefined
}

/** Conditions: each inner list of audiences is one restriction; `unknown` names conditions that we do not understand. */
export interface Conditions {
  notBefore: string | undefined
  notOnOrAfter: string | undefined
  audienceRestrictions: string[][]
  unknown: string[]
}

/** How and when the person signed in at the identity provider (saml-core §2.7.2). */
export interface AuthnStatement {
  authnInstant: string
  sessionIndex: string | undefined
  sessionNotOnOrAfter: string | undefined
  authnContextClassRef: string | undefined
}

/** One attribute as it came; several elements of one name stay several. */
export interface Attribute {
  name: string
  nameFormat: string | undefined
  friendlyName: string | undefined
  values: string[]
}

/** What the assertion says, in the words of the specification. */
export interface Assertion {
  id: string
  version: string
  issueInstant: string
  issuer: string
  issuerFormat: string | undefined
  nameID: NameID | undefined
  hasSubject: boolean
  confirmations: SubjectConfirmation[]
  conditions: Conditions | undefined
  authnStatements: AuthnStatement[]
  attributes: Attribute[]
}

/** Decrypts an element that wraps EncryptedData; answers the XML inside. */
export type Decrypt = (encrypted: XmlElement) => string

/** Reads the assertion that proven XML is, or holds; an EncryptedID is read through `decrypt`. */
export function readAssertion(proven: ProvenXml, decrypt: Decrypt): Assertion {
  return withXml(proven.xml, top => {
    const root = proven.element === 'Assertion' ? top : childNamed(top, ns.saml, 'Assertion')
    if (!root) throw new Problem('response_layout')
    const issuer = childNamed(root, ns.saml, 'Issuer')
    const subject = childNamed(root, ns.saml, 'Subject')
    const conditions = childNamed(root, ns.saml, 'Conditions')
    return {
      id: attribute(root, 'ID') ?? '',
      version: attribute(root, 'Version') ?? '',
      issueInstant: attribute(root, 'IssueInstant') ?? '',
      issuer: issuer ? text(issuer).trim() : '',
      issuerFormat: issuer && attribute(issuer, 'Format'),
      nameID: subject && readName(subject, decrypt),
      hasSubject: subject !== undefined,
      confirmations: subject ? childrenNamed(subject, ns.saml, 'SubjectConfirmation').map(readConfirmation) : [],
      conditions: conditions && readConditions(conditions),
      authnStatements: childrenNamed(root, ns.saml, 'AuthnStatement').map(readAuthnStatement),
      attributes: childrenNamed(root, ns.saml, 'AttributeStatement').flatMap(readAttributes),
    }
  })
}

/** The name of a Subject or a LogoutRequest: its NameID, or what its EncryptedID decrypts to; undefined for any other. */
export function readName(subject: XmlElement, decrypt: Decrypt): NameID | undefined {
  const plain = childNamed(subject, ns.saml, 'NameID')
  if (plain) return readNameID(plain)
  const encrypted = childNamed(subject, ns.saml, 'EncryptedID')
  if (!encrypted) return undefined
  return withXml(lexicalGate(decrypt(encrypted)), root =>
    isNamed(root, ns.saml, 'NameID') ? readNameID(root) : undefined,
  )
}

function readNameID(element: XmlElement): NameID {
  return {
    value: text(element),
    format: attribute(element, 'Format'),
    nameQualifier: attribute(element, 'NameQualifier'),
    spNameQualifier: attribute(element, 'SPNameQualifier'),
  }
}

function readConfirmation(element: XmlElement): SubjectConfirmation {
  const data = childNamed(element, ns.saml, 'SubjectConfirmationData')
  const of = (name: string) => (data ? attribute(data, name) : undefined)
  return {
    method: attribute(element, 'Method') ?? '',
    notBefore: of('NotBefore'),
    notOnOrAfter: of('NotOnOrAfter'),
    recipient: of('Recipient')?.trim(),
    inResponseTo: of('InResponseTo'),
  }
}

// OneTimeUse holds for every assertion here (none is ever taken twice), ProxyRestriction does not bind a service provider.
const understood = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']

function readConditions(element: XmlElement): Conditions {
  const restrictions = childrenNamed(element, ns.saml, 'AudienceRestriction')
  const unknown = children(element).filter(child => !understood.some(name => isNamed(child, ns.saml, name)))
  return {
    notBefore: attribute(element, 'NotBefore'),
    notOnOrAfter: attribute(element, 'NotOnOrAfter'),
    audienceRestrictions: restrictions.map(one =>
      childrenNamed(one, ns.saml, 'Audience').map(value => text(value).trim()),
    ),
    unknown: unknown.map(child => child.name),
  }
}

function readAuthnStatement(element: XmlElement): AuthnStatement {
  const context = childNamed(element, ns.saml, 'AuthnContext')
  const classRef = context && childNamed(context, ns.saml, 'AuthnContextClassRef')
  return {
    authnInstant: attribute(element, 'AuthnInstant') ?? '',
    sessionIndex: attribute(element, 'SessionIndex'),
    sessionNotOnOrAfter: attribute(element, 'SessionNotOnOrAfter'),
    authnContextClassRef: classRef && text(classRef).trim(),
  }
}

function readAttributes(statement: XmlElement): Attribute[] {
  return childrenNamed(statement, ns.saml, 'Attribute').map(element => ({
    name: attribute(element, 'Name') ?? '',
    nameFormat: attribute(element, 'NameFormat'),
    friendlyName: attribute(element, 'FriendlyName'),
    values: childrenNamed(element, ns.saml, 'AttributeValue').filter(present).map(contentOf),
  }))
}

function present(value: XmlElement): boolean {
  const nil = attributes(value)
    .find(one => one.name === 'nil' && one.namespaceUri === ns.xsi)
    ?.value.trim()
  return nil !== 'true' && nil !== '1'
}

// eduPersonTargetedID carries a NameID element as its value: then the name in it is the value.
function contentOf(value: XmlElement): string {
  const nested = childNamed(value, ns.saml, 'NameID')
  return nested ? text(nested) : text(value)
}

/** The one value of the attribute that names the person, or undefined where there is none or more than one. */
export function named(assertion: Assertion, attribute: string): string | undefined {
  const values = assertion.attributes.filter(one => one.name === attribute).flatMap(one => one.values)
  return values.length === 1 && values[0]?.trim() !== '' ? values[0] : undefined
}
