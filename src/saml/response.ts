// Steps 3 to 8 of the judgement (docs/map.md): the text of a Response → an assertion that a trusted key signed, agreed on by
// two verifiers. Pure: the same text, keys and schema always give the same answer.

import type { KeyObject } from 'node:crypto'
import { Problem } from '../problem.ts'
import { type Assertion, readAssertion } from './assertion.ts'
import { decrypt } from './decryption.ts'
import { type Envelope, type Layout, readEnvelope, readInnerLayout, readLayout } from './envelope.ts'
import { escapeXml } from './escape.ts'
import { type Inquiry, steps } from './inquiry.ts'
import { lexicalGate } from './lexical.ts'
import { ns, success } from './names.ts'
import { derive, type Proof, type ProvenXml, prove, type TrustedKey } from './proof.ts'
import type { Schema } from './schema.ts'
import { crossCheck, type SecondOpinion } from './second-opinion.ts'
import { fingerprint } from './stranger.ts'
import {
  childNamed,
  children,
  cutOut,
  declarations,
  isNamed,
  isWellFormed,
  openXml,
  text,
  withXml,
  type XmlElement,
} from './xml.ts'

/** What a connection trusts, and what it still tolerates at this moment. */
export interface Trust {
  keys: readonly TrustedKey[]
  decryptionKeys: readonly KeyObject[]
  allowSha1: boolean
  allowCbcUnsigned: boolean
}

/** The tools of the judgement; without `opinion` the strict verifier decides alone. */
export interface Tools {
  schema: Schema
  opinion: SecondOpinion | undefined
}

/** A Response whose assertion is proven; what the rules judge. */
export interface Examined {
  envelope: Envelope
  assertion: Assertion
  encrypted: boolean
  responseSigned: boolean
  assertionSigned: boolean
  /** SHA-256 (hex) of the certificate that signed, and the algorithm it signed with. */
  certificate: string
  algorithm: string
}

/** Proves the assertion of a Response, leaving each step in the inquiry; throws the Problem of the first step that fails. */
export function examine(message: string, trust: Trust, tools: Tools, inquiry: Inquiry): Examined {
  const outer = read(message, tools, inquiry)
  const response = outer.layout.responseSigned ? proveIn(outer.xml, trust, inquiry) : undefined
  const inner = outer.encrypted === undefined ? outer : readInner(outer, response, trust, tools, inquiry)
  const assertion = inner.assertionSigned ? proveIn(inner.assertion, trust, inquiry) : undefined
  const truth = inquiry.step('signature', () => truthOf(response, assertion, inner.assertion), signedBy, ours(trust))
  const proofs = [response, assertion].filter(proof => proof !== undefined)
  const { opinion } = tools
  if (opinion) inquiry.step('second_opinion', () => agree(proofs, opinion))
  return {
    envelope: outer.envelope,
    // What is read here is proven already, so that AES-CBC is covered by the signature around it.
    assertion: readAssertion(truth, element =>
      inquiry.step('decryption', () => decrypt(element, trust.decryptionKeys, true)),
    ),
    encrypted: outer.encrypted !== undefined,
    responseSigned: response !== undefined,
    assertionSigned: assertion !== undefined,
    certificate: truth.certificate,
    algorithm: truth.algorithm,
  }
}

interface Outer {
  xml: string
  envelope: Envelope
  layout: Layout
  /** The assertion alone, or the EncryptedAssertion alone. */
  assertion: string
  encrypted: string | undefined
  assertionSigned: boolean
}

function read(message: string, { schema }: Tools, inquiry: Inquiry): Outer {
  const { xml, root, close } = inquiry.step('xml', () => gated(message))
  try {
    refuseFailure(root, inquiry)
    inquiry.step('schema', () => schema(root))
    const envelope = inquiry.step('layout', () => readEnvelope(root))
    inquiry.step('status', () => requireSuccess(envelope.status))
    const layout = inquiry.step('layout', () => readLayout(root))
    const assertion = cutOut(layout.assertion)
    const encrypted = layout.encrypted ? assertion : undefined
    return { xml, envelope, layout, assertion, encrypted, assertionSigned: layout.assertionSigned }
  } finally {
    close()
  }
}

function gated(message: string) {
  const xml = lexicalGate(message)
  return { xml, ...openXml(xml) }
}

// A failure is told as such even where the failing provider's message does not follow the schema (Auth0 writes such ones).
function refuseFailure(root: XmlElement, inquiry: Inquiry): void {
  if (!isNamed(root, ns.samlp, 'Response')) return
  const { status } = readEnvelope(root)
  if (status.code !== '') inquiry.step('status', () => requireSuccess(status))
}

function requireSuccess({ code, subCode, message }: Envelope['status']): void {
  if (code === success) return
  throw new Problem('status_not_success', { detail: [code, subCode, message].filter(Boolean).join(' – ') })
}

function proveIn(standalone: string, trust: Trust, inquiry: Inquiry): Proof {
  return inquiry.step('signature', () => prove(standalone, trust.keys, trust.allowSha1), undefined, ours(trust))
}

function readInner(
  { assertion: encrypted, layout }: Outer,
  response: Proof | undefined,
  trust: Trust,
  tools: Tools,
  inquiry: Inquiry,
) {
  const source = response ? withXml(response.proven.xml, root => cutOut(theAssertion(root))) : encrypted
  const covered = response !== undefined || trust.allowCbcUnsigned
  const plaintext = inquiry.step('decryption', () =>
    withXml(source, root => decrypt(root, trust.decryptionKeys, covered)),
  )
  const { xml, root, close } = inquiry.step('xml', () => gated(inScope(lexicalGate(plaintext), source)))
  try {
    inquiry.step('schema', () => tools.schema(root))
    return { assertion: xml, assertionSigned: inquiry.step('layout', () => readInnerLayout(root, layout.ids)) }
  } finally {
    close()
  }
}

// What was encrypted may use prefixes that only the message around it declares (xmlenc-core §4.2): then it is read in their scope.
function inScope(plaintext: string, encrypted: string): string {
  if (isWellFormed(plaintext)) return plaintext
  const declared = withXml(encrypted, root => declarations(root))
  const scope = declared
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeXml(uri)}"`)
    .join('')
  return withXml(`<scope${scope}>${plaintext}</scope>`, root => {
    const [only, ...others] = children(root)
    if (!only || others.length > 0 || text(root).trim() !== '') throw new Problem('xml_malformed')
    return cutOut(only)
  })
}

// The proved assertion itself, or what stands in (or was decrypted from) the proved Response. There is no third way.
function truthOf(response: Proof | undefined, assertion: Proof | undefined, plaintext: string): ProvenXml {
  if (assertion) return assertion.proven
  if (!response) throw new Problem('signature_missing')
  return derive(response.proven, root => (isEncrypted(theAssertion(root)) ? plaintext : cutOut(theAssertion(root))))
}

function agree(proofs: readonly Proof[], opinion: SecondOpinion): void {
  for (const proof of proofs) crossCheck(proof, opinion)
}

function theAssertion(response: XmlElement): XmlElement {
  const found = childNamed(response, ns.saml, 'Assertion') ?? childNamed(response, ns.saml, 'EncryptedAssertion')
  if (!found) throw new Problem('response_layout')
  return found
}

function isEncrypted(element: XmlElement): boolean {
  return element.name === 'EncryptedAssertion'
}

function ours({ keys }: Trust): string {
  return `${steps.signature}: SHA-256 ${keys.map(key => fingerprint(key.sha256)).join(' or ')}`
}

function signedBy({ certificate, algorithm }: ProvenXml): string {
  return `${algorithm} by the certificate ${fingerprint(certificate)}`
}
