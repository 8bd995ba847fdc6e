// A message of single logout that came in (saml-core §3.7, saml-profiles §4.4) → what a trusted key signed of it. Pure. The
// signature is that of the message itself: of the query by HTTP-Redirect, of the root element by HTTP-POST, and no other counts.

import { Problem } from '../problem.ts'
import { type NameID, readName } from './assertion.ts'
import { decodeBase64 } from './base64.ts'
import { decrypt } from './decryption.ts'
import { readLogoutLayout, readStatus, type Status } from './envelope.ts'
import type { Inquiry } from './inquiry.ts'
import { lexicalGate } from './lexical.ts'
import { ns } from './names.ts'
import { type ProvenXml, prove, proveQuery } from './proof.ts'
import { type MessageField, type RedirectMessage, readRedirect } from './redirect-binding.ts'
import type { Tools, Trust } from './response.ts'
import { crossCheck } from './second-opinion.ts'
import { attribute, childNamed, childrenNamed, text, withXml, type XmlElement } from './xml.ts'

/** How a message came: the raw query of an address, or the fields of a form. */
export type LogoutTransport =
  | { binding: 'redirect'; query: string }
  | { binding: 'post'; fields: { [Field in MessageField | 'RelayState']?: string | undefined } }

/** What a message says; times are still text. `inResponseTo` and `status` belong to a response, the names to a request. */
export interface LogoutMessage {
  element: 'LogoutRequest' | 'LogoutResponse'
  id: string
  version: string
  issueInstant: string
  destination: string | undefined
  issuer: string
  issuerFormat: string | undefined
  notOnOrAfter: string | undefined
  nameID: NameID | undefined
  sessionIndexes: string[]
  inResponseTo: string | undefined
  status: Status
}

/** A message that is proven, with the RelayState beside it and what it was signed with. */
export interface ExaminedLogout {
  message: LogoutMessage
  relayState: string
  /** SHA-256 (hex) of the certificate. */
  certificate: string
  algorithm: string
}

// Characters, and tags. No list of session indexes is longer; what is signed costs to canonicalise, and it is done at once.
const most = 16 * 1024
const mostTags = 500

/** Proves and reads a message, leaving each step in the inquiry; throws the Problem of the first step that fails. */
export function examineLogout(
  transport: LogoutTransport,
  trust: Trust,
  tools: Tools,
  inquiry: Inquiry,
): ExaminedLogout {
  const came = inquiry.step('message', () => received(transport), undefined, 'one message, by one of two bindings')
  const xml = inquiry.step('xml', () => lexicalGate(limited(came.xml)))
  const element = came.field === 'SAMLRequest' ? 'LogoutRequest' : 'LogoutResponse'
  const proven = withXml(xml, root => {
    inquiry.step('schema', () => tools.schema(root))
    const expected = `one ${element}, no assertion in it`
    const signed = inquiry.step('layout', () => readLogoutLayout(root, element), undefined, expected)
    if (transport.binding === 'post') return proveForm(root, signed, trust, tools, inquiry)
    return inquiry.step('signature', () => proveQuery({ ...came, xml }, trust.keys, trust.allowSha1))
  })
  // All of it is signed, so that AES-CBC is covered (docs/decisions/0008).
  const open = (one: XmlElement) => inquiry.step('decryption', () => decrypt(one, trust.decryptionKeys, true))
  const message = withXml(proven.xml, root => readMessage(root, element, open))
  return { message, relayState: came.relayState, certificate: proven.certificate, algorithm: proven.algorithm }
}

function received(transport: LogoutTransport): RedirectMessage {
  if (transport.binding === 'redirect') return readRedirect(transport.query)
  const { SAMLRequest: request, SAMLResponse: response, RelayState: relayState = '' } = transport.fields
  const message = request ?? response
  if (message === undefined || (request !== undefined && response !== undefined))
    throw new Problem('response_encoding', { detail: 'The form holds not one of SAMLRequest and SAMLResponse.' })
  const field = request === undefined ? 'SAMLResponse' : 'SAMLRequest'
  return { field, xml: decoded(message), relayState, signature: undefined }
}

function decoded(value: string): string {
  const bytes = decodeBase64(value)
  try {
    if (bytes) return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {}
  throw new Problem('response_encoding', { detail: 'The message is not base64 of UTF-8 text.' })
}

function limited(xml: string): string {
  if (xml.length > most) throw new Problem('xml_limits', { detail: `It has ${xml.length} characters, over ${most}.` })
  if (xml.split('<').length > mostTags) throw new Problem('xml_limits', { detail: `It has over ${mostTags} tags.` })
  return xml
}

function proveForm(root: XmlElement, signed: boolean, trust: Trust, tools: Tools, inquiry: Inquiry): ProvenXml {
  const proof = inquiry.step('signature', () => {
    if (!signed) throw new Problem('signature_missing', { detail: 'The message itself is not signed.' })
    return prove(root, trust.keys, trust.allowSha1)
  })
  const { opinion } = tools
  if (opinion) inquiry.step('second_opinion', () => crossCheck(proof, opinion))
  return proof.proven
}

function readMessage(
  root: XmlElement,
  element: LogoutMessage['element'],
  open: (one: XmlElement) => string,
): LogoutMessage {
  const issuer = childNamed(root, ns.saml, 'Issuer')
  return {
    element,
    id: attribute(root, 'ID') ?? '',
    version: attribute(root, 'Version') ?? '',
    issueInstant: attribute(root, 'IssueInstant') ?? '',
    destination: attribute(root, 'Destination')?.trim(),
    issuer: issuer ? text(issuer).trim() : '',
    issuerFormat: issuer && attribute(issuer, 'Format'),
    notOnOrAfter: attribute(root, 'NotOnOrAfter'),
    nameID: readName(root, open),
    sessionIndexes: childrenNamed(root, ns.samlp, 'SessionIndex').map(one => text(one).trim()),
    inResponseTo: attribute(root, 'InResponseTo'),
    status: readStatus(childNamed(root, ns.samlp, 'Status')),
  }
}
