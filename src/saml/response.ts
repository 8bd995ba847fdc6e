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
  isNamed,
  isWellFormed,
  openXml,
  scope,
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
  /** Where the keys are not trusted and only evidence is looked for: their signature covers no AES-CBC. */
  refuseCbc?: boolean
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
  const xml = inquiry.step('xml', () => lexicalGate(message))
  return withParsed(xml, inquiry, root => {
    const { envelope, layout } = read(root, tools, inquiry)
    const response = layout.responseSigned ? proveIn(root, trust, inquiry) : undefined
    const inner = layout.encrypted
      ? proveEncrypted(layout, response, trust, tools, inquiry)
      : { proof: layout.assertionSigned ? proveIn(layout.assertion, trust, inquiry) : undefined, plaintext: undefined }
    const { proof, truth } = inquiry.step('signature', () => truthOf(response, inner), signedBy, ours(trust))
    const { opinion } = tools
    if (opinion) inquiry.step('second_opinion', () => crossCheck(proof, opinion))
    return {
      envelope,
      // What is read here is proven already, so that AES-CBC is covered by the signature around it.
      assertion: readAssertion(truth, element =>
        inquiry.step('decryption', () => decrypt(element, trust.decryptionKeys, !trust.refuseCbc)),
      ),
      encrypted: layout.encrypted,
      responseSigned: layout.responseSigned,
      assertionSigned: inner.proof !== undefined,
      certificate: truth.certificate,
      algorithm: truth.algorithm,
    }
  })
}

function withParsed<T>(xml: string, inquiry: Inquiry, work: (root: XmlElement) => T): T {
  const { root, close } = inquiry.step('xml', () => openXml(xml))
  try {
    return work(root)
  } finally {
    close()
  }
}

function read(root: XmlElement, { schema }: Tools, inquiry: Inquiry): { envelope: Envelope; layout: Layout } {
  refuseFailure(root, inquiry)
  inquiry.step('schema', () => schema(root))
  const envelope = inquiry.step('layout', () => readEnvelope(root))
  inquiry.step('status', () => requireSuccess(envelope.status))
  return { envelope, layout: inquiry.step('layout', () => readLayout(root)) }
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

function proveIn(element: XmlElement, trust: Trust, inquiry: Inquiry): Proof {
  return inquiry.step('signature', () => prove(element, trust.keys, trust.allowSha1), undefined, ours(trust))
}

/** The assertion's own proof, and its text where it was encrypted. */
interface Inner {
  proof: Proof | undefined
  plaintext: string | undefined
}

// Decrypted out of the proven Response where there is one, then taken through the same steps as any message.
function proveEncrypted(
  { assertion, ids }: Layout,
  response: Proof | undefined,
  trust: Trust,
  tools: Tools,
  inquiry: Inquiry,
): Inner {
  const covered = !trust.refuseCbc && (response !== undefined || trust.allowCbcUnsigned)
  const open = (encrypted: XmlElement) => {
    const text = inquiry.step('decryption', () => decrypt(encrypted, trust.decryptionKeys, covered))
    return inquiry.step('xml', () => inScope(lexicalGate(text), encrypted))
  }
  const plaintext = response ? withXml(response.proven.xml, root => open(encryptedIn(root))) : open(assertion)
  return withParsed(plaintext, inquiry, root => {
    inquiry.step('schema', () => tools.schema(root))
    const signed = inquiry.step('layout', () => readInnerLayout(root, ids))
    return { proof: signed ? proveIn(root, trust, inquiry) : undefined, plaintext }
  })
}

function encryptedIn(response: XmlElement): XmlElement {
  const found = childNamed(response, ns.saml, 'EncryptedAssertion')
  if (!found) throw new Problem('response_layout')
  return found
}

// What was encrypted may use prefixes that only the message around it declares (xmlenc-core §4.2): then it is read in their scope.
function inScope(plaintext: string, encrypted: XmlElement): string {
  if (isWellFormed(plaintext)) return plaintext
  const declared = [...scope(encrypted)]
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeXml(uri)}"`)
    .join('')
  return withXml(`<scope${declared}>${plaintext}</scope>`, root => {
    const [only, ...others] = children(root)
    if (!only || others.length > 0 || text(root).trim() !== '') throw new Problem('xml_malformed')
    return cutOut(only)
  })
}

// The proved assertion itself, or what stands in (or was decrypted from) the proved Response. There is no third way.
function truthOf(response: Proof | undefined, { proof, plaintext }: Inner): { proof: Proof; truth: ProvenXml } {
  if (proof) return { proof, truth: proof.proven }
  if (!response) throw new Problem('signature_missing')
  const truth = plaintext === undefined ? response.proven : derive(response.proven, plaintext)
  return { proof: response, truth }
}

function ours({ keys }: Trust): string {
  return `${steps.signature}: SHA-256 ${keys.map(key => fingerprint(key.sha256)).join(' or ')}`
}

function signedBy({ truth: { certificate, algorithm } }: { truth: ProvenXml }): string {
  return `${algorithm} by the certificate ${fingerprint(certificate)}`
}
