// The Signature of a provider: its prefix, its KeyInfo, how its base64 is broken and which prefixes it treats inclusively.

import { ids, signatureOf } from './dsig.ts'
import type { TestIdp } from './idp.ts'
import type { Profile, Wrap } from './profile.ts'
import { of } from './provider-assertion.ts'
import { canonical, type Node, type Twin } from './twin.ts'

const dsig = 'http://www.w3.org/2000/09/xmldsig#'

/** An element with its Signature at a place among its children; `scope` is what its ancestors declare. */
export function withSignature(
  profile: Profile,
  idp: TestIdp,
  bare: Node,
  { id, scope, index }: { id: string; scope: ReadonlyMap<string, string>; index: number },
): Node {
  const inclusive = profile.inclusive.filter(
    prefix => scope.has(prefix) || bare.attributes.some(([name]) => name === `xmlns:${prefix}`),
  )
  const signature = signatureTwin(profile, idp, canonical(bare, scope, inclusive), id, inclusive)
  return { ...bare, content: bare.content.toSpliced(index, 0, signature) }
}

function signatureTwin(
  profile: Profile,
  idp: TestIdp,
  digested: string,
  id: string,
  inclusive: readonly string[],
): Twin {
  const { algorithm, digest, wrap, prefixes } = profile
  const p = of(prefixes.dsig)
  const text = signatureOf(idp, digested, id, {
    ...{ algorithm, digest, prefix: prefixes.dsig },
    ...(inclusive.length > 0 ? { transforms: transforms(p, inclusive) } : {}),
    keyInfo: keyInfo(profile, idp),
    after: xml => broken(xml, `${p}SignatureValue`, wrap.signature),
  })
  return { sent: text.replaceAll('&#xD;', '&#13;'), canonical: text }
}

function transforms(p: string, inclusive: readonly string[]): string {
  const list = `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="${inclusive.join(' ')}"></ec:InclusiveNamespaces>`
  return (
    `<${p}Transform Algorithm="${ids.enveloped}"></${p}Transform>` +
    `<${p}Transform Algorithm="${ids.exclusive}">${list}</${p}Transform>`
  )
}

function keyInfo({ keyInfo: form, prefixes, wrap }: Profile, idp: TestIdp): string {
  const p = of(prefixes.dsig)
  const certificate = `<${p}X509Certificate>${breakLines(idp.bareCertificate, wrap.certificate)}</${p}X509Certificate>`
  const data = `<${p}X509Data>${certificate}</${p}X509Data>`
  const subject = `<${p}X509SubjectName>CN=Google,C=US</${p}X509SubjectName>`
  const forms: Record<Profile['keyInfo'], () => string> = {
    none: () => '',
    certificate: () => `<${p}KeyInfo>${data}</${p}KeyInfo>`,
    'subject-first': () => `<${p}KeyInfo><${p}X509Data>${subject}${certificate}</${p}X509Data></${p}KeyInfo>`,
    'key-name-and-value': () => `<${p}KeyInfo><${p}KeyName>kid-1</${p}KeyName>${data}${keyValue(p, idp)}</${p}KeyInfo>`,
    'mixed-prefixes': () => `<KeyInfo xmlns="${dsig}">${data}</KeyInfo>`,
  }
  return forms[form]()
}

function keyValue(p: string, { publicKey }: TestIdp): string {
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64')
  return (
    `<${p}KeyValue><${p}RSAKeyValue><${p}Modulus>${base64(n)}</${p}Modulus>` +
    `<${p}Exponent>${base64(e)}</${p}Exponent></${p}RSAKeyValue></${p}KeyValue>`
  )
}

function broken(xml: string, element: string, wrap: Wrap): string {
  return xml.replace(new RegExp(`(<${element}>)([^<]*)`), (_, tag, value) => tag + breakLines(value, wrap))
}

// Canonical XML writes a carriage return as `&#xD;`; vendors send it as `&#13;`.
function breakLines(base64: string, wrap: Wrap): string {
  const lines = base64.match(/.{1,76}/g) ?? []
  const forms: Record<Wrap, () => string> = {
    none: () => base64,
    lines: () => lines.join('\n'),
    framed: () => `\n${lines.join('\n')}\n`,
    'carriage-returns': () => lines.join('&#xD;\n'),
  }
  return forms[wrap]()
}
