// What a samlp:Response says around its assertion (saml-core §3.2.2), and where its assertion and signatures stand.
// All of it can only refuse a login, never admit one: nothing here is proved.

import { Problem } from '../problem.ts'
import { ns } from './names.ts'
import { attribute, attributes, childNamed, children, descendants, isNamed, text, type XmlElement } from './xml.ts'

/** The status of a Response: its top code, the codes under it, and the identity provider's own words. */
export interface Status {
  code: string
  subCode: string | undefined
  message: string | undefined
}

/** The Response without its assertion; times are still text. */
export interface Envelope {
  id: string
  version: string
  issueInstant: string
  destination: string | undefined
  inResponseTo: string | undefined
  issuer: string | undefined
  issuerFormat: string | undefined
  status: Status
}

/** Where the one assertion stands, plain or encrypted, and which of the two elements carries a signature. */
export interface Layout {
  assertion: XmlElement
  encrypted: boolean
  responseSigned: boolean
  assertionSigned: boolean
  /** Every ID-like value of the message. */
  ids: Set<string>
}

/** Reads the envelope of a message that the schema has passed; anything but a samlp:Response is `response_layout`. */
export function readEnvelope(root: XmlElement): Envelope {
  if (!isNamed(root, ns.samlp, 'Response')) throw layoutProblem(`The message is a ${root.name}, not a Response.`)
  const issuer = childNamed(root, ns.saml, 'Issuer')
  return {
    id: attribute(root, 'ID') ?? '',
    version: attribute(root, 'Version') ?? '',
    issueInstant: attribute(root, 'IssueInstant') ?? '',
    destination: attribute(root, 'Destination')?.trim(),
    inResponseTo: attribute(root, 'InResponseTo'),
    issuer: issuer && text(issuer).trim(),
    issuerFormat: issuer && attribute(issuer, 'Format'),
    status: readStatus(childNamed(root, ns.samlp, 'Status')),
  }
}

/** Reads a samlp:Status; absent, its code is empty. */
export function readStatus(status: XmlElement | undefined): Status {
  const code = status && childNamed(status, ns.samlp, 'StatusCode')
  const subCode = code && childNamed(code, ns.samlp, 'StatusCode')
  const message = status && childNamed(status, ns.samlp, 'StatusMessage')
  return {
    code: (code && attribute(code, 'Value')) ?? '',
    subCode: subCode && attribute(subCode, 'Value'),
    // Some providers write the message into an attribute that the schema does not know.
    message: message && (text(message).trim() || attribute(message, 'Value')),
  }
}

/**
 * Finds the one assertion of a Response. Throws `response_layout` where there is none, more than one, or one in a place where
 * none belongs; `signature_layout` for a Signature that is no direct child of the Response or its assertion; `duplicate_id`.
 */
export function readLayout(root: XmlElement): Layout {
  const plain = children(root).filter(child => isNamed(child, ns.saml, 'Assertion'))
  const encrypted = children(root).filter(child => isNamed(child, ns.saml, 'EncryptedAssertion'))
  const [assertion] = [...plain, ...encrypted]
  if (!assertion || plain.length + encrypted.length !== 1) {
    throw layoutProblem(
      `The Response holds ${plain.length} Assertion and ${encrypted.length} EncryptedAssertion elements.`,
    )
  }
  const ids = new Set<string>()
  checkIds(root, ids)
  checkPlaces(root, [root, assertion])
  return {
    ids,
    assertion,
    encrypted: encrypted.length === 1,
    responseSigned: childNamed(root, ns.ds, 'Signature') !== undefined,
    assertionSigned: childNamed(assertion, ns.ds, 'Signature') !== undefined,
  }
}

/** The same checks for an assertion that was encrypted in a message with these `ids`; answers whether it is signed. */
export function readInnerLayout(root: XmlElement, ids: Set<string>): boolean {
  if (!isNamed(root, ns.saml, 'Assertion'))
    throw layoutProblem(`What was encrypted is a ${root.name}, not an Assertion.`)
  checkIds(root, ids)
  checkPlaces(root, [root])
  return childNamed(root, ns.ds, 'Signature') !== undefined
}

/**
 * The same checks for a message of single logout (saml-core §3.7), which holds no assertion anywhere; answers whether it is
 * signed. Throws `logout_layout`, `signature_layout`, `duplicate_id`.
 */
export function readLogoutLayout(root: XmlElement, name: 'LogoutRequest' | 'LogoutResponse'): boolean {
  if (!isNamed(root, ns.samlp, name)) throw logoutProblem(`The message is a ${root.name}, not a ${name}.`)
  for (const one of descendants(root)) if (isAssertion(one)) throw logoutProblem(`The ${name} holds an assertion.`)
  checkIds(root, new Set())
  checkPlaces(root, [root])
  return childNamed(root, ns.ds, 'Signature') !== undefined
}

function logoutProblem(detail: string): Problem {
  return new Problem('logout_layout', { detail })
}

// Assertions and signatures belong to their parents here and nowhere else. An Advice may quote others' assertions: they are
// never read, so the Advice of the assertion itself is passed over, but its IDs count.
function checkPlaces(element: XmlElement, owners: readonly XmlElement[]): void {
  const owner = owners.some(one => one === element)
  for (const child of children(element)) {
    const known = owners.some(one => one === child)
    if (isNamed(child, ns.ds, 'Signature')) {
      if (!owner) throw new Problem('signature_layout', { detail: `A Signature stands inside ${element.name}.` })
      checkSignaturePlaces(child)
      continue
    }
    if (!known && isAssertion(child)) throw layoutProblem(`An assertion stands inside ${element.name}.`)
    if (owner && isNamed(child, ns.saml, 'Advice')) continue
    checkPlaces(child, owners)
  }
}

function checkSignaturePlaces(signature: XmlElement): void {
  for (const child of children(signature)) {
    const foreign = isNamed(child, ns.samlp, 'Response') || isNamed(child, ns.ds, 'Object')
    if (foreign || isAssertion(child) || isNamed(child, ns.ds, 'Signature')) {
      throw new Problem('signature_layout', { detail: `A Signature holds ${child.name}.` })
    }
    checkSignaturePlaces(child)
  }
}

function isAssertion(element: XmlElement): boolean {
  return isNamed(element, ns.saml, 'Assertion') || isNamed(element, ns.saml, 'EncryptedAssertion')
}

// "ID", "Id", "id", "xml:id" and the like are one name space: what one library resolves, another might.
function checkIds(element: XmlElement, seen: Set<string>): void {
  for (const { name, value } of attributes(element)) {
    if (name.toLowerCase() !== 'id') continue
    const id = value.trim()
    if (seen.has(id)) throw new Problem('duplicate_id', { detail: `The ID ${id.slice(0, 80)} occurs twice.` })
    seen.add(id)
  }
  for (const child of children(element)) checkIds(child, seen)
}

function layoutProblem(detail: string): Problem {
  return new Problem('response_layout', { detail })
}
