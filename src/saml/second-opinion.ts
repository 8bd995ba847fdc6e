// Two verifiers that share no code must agree: samlify (xmldom, xml-crypto) is given only the proved element with its own
// signature, in the smallest Response around it, and must prove it too. What it proved, in canonical form, must be our text.

import { Problem } from '../problem.ts'
import { ns } from './names.ts'
import type { Proof, ProvenXml } from './proof.ts'
import { engineProves, samlifyKnows, samlifyProves } from './samlify.ts'
import { canonicalize, childNamed, cutOut, withXml, type XmlElement } from './xml.ts'

/** Another verifier: a proof → the canonical XML that it holds to be proved, or undefined when it does not agree. */
export type SecondOpinion = (proof: Proof) => string | undefined

const exclusive = { exclusive: true, inclusivePrefixes: [] }

/** Throws `second_opinion` unless the other verifier proves the same bytes. */
export function crossCheck(proof: Proof, opinion: SecondOpinion = samlifyOpinion): void {
  const found = ask(proof, opinion)
  if (found === undefined) throw disagreement('It does not accept the signature.')
  const theirs = withXml(found, root => ({ name: root.name, xml: canonicalize(root, exclusive) }))
  const ours = withXml(proof.proven.xml, root => canonicalize(part(root, theirs.name), exclusive))
  if (theirs.xml !== ours) throw disagreement('It read other content.')
}

// samlify writes its document out and reads it again, and its parser takes these for line ends (as XML 1.1 does): what holds one
// goes to its engine alone, with the characters written as references.
const lineEnds = /&#(?:13|xD);|[\u0085\u2028]/i
// A digest that samlify lacks.
const sha384 = 'http://www.w3.org/2001/04/xmldsig-more#sha384'

/** samlify's opinion, or its engine's: of logout messages, or where samlify lacks the algorithm or would not keep a character. */
export function samlifyOpinion({ standalone, proven, key }: Proof): string | undefined {
  const known = samlifyKnows(proven.algorithm) && !standalone.includes(sha384) && !proven.element.startsWith('Logout')
  if (known && !lineEnds.test(standalone)) return samlifyProves(wrapped(proven, standalone), key.certificate)
  const exact = standalone.replace(/[\u0085\u2028]/g, character => `&#${character.charCodeAt(0)};`)
  const signature = withXml(standalone, root => cutOut(signatureOf(root)))
  return engineProves(exact, signature, key.certificate)
}

// Of a signed Response samlify hands back only the assertion in it; then that is what both are compared on.
function part(root: XmlElement, name: string): XmlElement {
  return (root.name === name ? undefined : childNamed(root, ns.saml, name)) ?? root
}

function ask(proof: Proof, opinion: SecondOpinion): string | undefined {
  try {
    return opinion(proof)
  } catch (cause) {
    throw disagreement(cause instanceof Error ? cause.message : 'It failed.', cause)
  }
}

function wrapped({ element }: ProvenXml, signedText: string): string {
  if (element === 'Response') return signedText
  // No namespace on the wrapper: inclusive canonicalisation would carry it into the element.
  return `<Response>${signedText}</Response>`
}

function signatureOf(root: XmlElement): XmlElement {
  const signature = childNamed(root, ns.ds, 'Signature')
  if (!signature) throw new Problem('signature_layout')
  return signature
}

function disagreement(detail: string, cause?: unknown): Problem {
  return new Problem('second_opinion', { detail, cause })
}
