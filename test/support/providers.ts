// Responses as real identity providers send them: a Profile and a login → the text of the message. What is digested is the
// canonical form of the same description, so prefixes, order, blanks and line breaks stay the vendor's to the last byte.

import type { KeyObject } from 'node:crypto'
import { encryptAssertion } from './encryption.ts'
import type { TestIdp } from './idp.ts'
import type { Failure, Profile } from './profile.ts'
import { assertionNode, issuerNode, type Login, of, saml, schemaNamespace, stamp, xmlns } from './provider-assertion.ts'
import { withSignature } from './provider-signature.ts'
import { closeEmpty, declared, type Node, node, type Part, sent, type Twin } from './twin.ts'

const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'

/** Who answers which login; `publicKey` is ours, for what is encrypted. */
export interface Answer extends Login {
  idp: TestIdp
  publicKey: KeyObject
}

/** A response of a provider. */
export function providerResponse(profile: Profile, answer: Answer): string {
  const root = responseRoot(profile, answer)
  const bare = assertionNode(profile, answer)
  const place = { id: profile.ids.assertion, scope: declared(root), index: 1 }
  const signs = profile.signs === 'assertion' || profile.signs === 'both'
  const signed = signs ? withSignature(profile, answer.idp, bare, place) : bare
  const inner = profile.encryption ? encrypted(profile, root, signed, answer.publicKey) : signed
  return whole(profile, answer, root, [statusNode(profile, ['Success']), inner])
}

/** A response that reports a failure. */
export function providerFailure(profile: Profile, answer: Answer, failure: Failure): string {
  const as: Profile = { ...profile, attributes: [], signs: failure.signed ? 'response' : 'none' }
  return whole(as, answer, responseRoot(as, answer), [statusNode(as, failure.codes, failure)])
}

function whole(profile: Profile, answer: Answer, root: Node, content: readonly Part[]): string {
  const { prefixes, ids, signatureIndex: index, signs, declaration, emptyElements } = profile
  const issuer = issuerNode(profile, declared(root).get(prefixes.assertion) !== saml)
  const bare = { ...root, content: [issuer, ...content] }
  const place = { id: ids.response, scope: new Map<string, string>(), index }
  const signed = signs === 'response' || signs === 'both' ? withSignature(profile, answer.idp, bare, place) : bare
  return declaration + closeEmpty(sent(signed), emptyElements)
}

function responseRoot(profile: Profile, { sp, inResponseTo, now }: Answer): Node {
  const { prefixes, types, attributes } = profile
  const values = {
    Destination: sp.acsUrl,
    ID: profile.ids.response,
    InResponseTo: inResponseTo,
    IssueInstant: stamp(now, profile.times.response),
    Version: '2.0',
    Consent: 'urn:oasis:names:tc:SAML:2.0:consent:unspecified',
  }
  const typed = types.on === 'root' && attributes.some(one => one.type)
  return node(`${of(prefixes.protocol)}Response`, [
    ...profile.responseAttributes.map(name => [name, values[name]] as const),
    [xmlns(prefixes.protocol), samlp],
    [xmlns(prefixes.assertion), profile.rootDeclaresAssertion ? saml : null],
    [xmlns(types.prefix), typed ? schemaNamespace : null],
  ])
}

function statusNode({ prefixes, repeats }: Profile, codes: readonly string[], failure?: Failure): Node {
  const p = of(prefixes.protocol)
  const code = (at: number): Node | null => {
    const value = `urn:oasis:names:tc:SAML:2.0:status:${codes[at]}`
    return at === codes.length ? null : node(`${p}StatusCode`, [['Value', value]], code(at + 1))
  }
  const { message = null, messageAsAttribute: inside } = failure ?? {}
  const text = message && node(`${p}StatusMessage`, [['Value', inside ? message : null]], inside ? null : message)
  const again = repeats.includes('protocol-on-status') ? samlp : null
  return node(`${p}Status`, [[xmlns(prefixes.protocol), again]], code(0), text)
}

// What is encrypted stands alone: what it needs of the root's declarations goes with it.
function encrypted({ prefixes, encryption, emptyElements }: Profile, root: Node, inner: Node, key: KeyObject): Twin {
  const own = declared(inner)
  const inherited = [...declared(root)].filter(([prefix]) => prefix !== prefixes.protocol && !own.has(prefix))
  const declarations = inherited.map(([prefix, uri]) => [xmlns(prefix), uri] as const)
  const alone = { ...inner, attributes: [...declarations, ...inner.attributes] }
  const text = encryptAssertion(closeEmpty(sent(alone), emptyElements), key, encryption ?? undefined)
  const named = text
    .replace('xmlns:saml=', `${xmlns(prefixes.assertion)}=`)
    .replaceAll(/(<\/?)saml:/g, (_, bracket) => bracket + of(prefixes.assertion))
  return { sent: named, canonical: named }
}
