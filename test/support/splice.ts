// Cuts and splices of XML text, as an attacker makes them. Nothing here parses XML; an edit whose anchor is missing throws.

import type { Scene } from './attack.ts'
import { type SignatureOptions, signatureOf } from './dsig.ts'
import type { Parts, TestIdp } from './idp.ts'

/** The XML with its first `anchor` replaced. */
export function swap(xml: string, anchor: string, content: string): string {
  if (!xml.includes(anchor)) throw new Error(`There is no ${anchor}`)
  return xml.replace(anchor, () => content)
}

/** The XML with something put before its first `anchor`. */
export function before(xml: string, anchor: string, content: string): string {
  return swap(xml, anchor, content + anchor)
}

/** The XML with something put after its first `anchor`. */
export function after(xml: string, anchor: string, content: string): string {
  return swap(xml, anchor, anchor + content)
}

/** The first element of a qualified name, whole; not for elements that stand in their like. */
export function cut(xml: string, name: string): string {
  const [found] = new RegExp(`<${name}[ >].*?</${name}>`, 's').exec(xml) ?? []
  if (found === undefined) throw new Error(`There is no ${name}`)
  return found
}

/** The XML without its first Signature. */
export function unsigned(xml: string): string {
  return swap(xml, cut(xml, 'ds:Signature'), '')
}

/** A Response with something in its Extensions, where no signature of the assertion reaches. */
export function inExtensions(response: string, content: string): string {
  return before(response, '<samlp:Status>', `<samlp:Extensions>${content}</samlp:Extensions>`)
}

/** A Response with something in its StatusDetail, where no signature of the assertion reaches. */
export function inStatusDetail(response: string, content: string): string {
  return before(response, '</samlp:Status>', `<samlp:StatusDetail>${content}</samlp:StatusDetail>`)
}

/** A forged assertion for the name admin, unsigned. */
export function forgery({ assertion }: Scene, change: Partial<Parts> = {}): string {
  return assertion({ sign: 'none', nameId: 'admin', assertionId: '_forged', ...change })
}

/** Signs an unsigned message or assertion, canonical as written, by its ID; the Signature follows its first Issuer. */
export function seal(idp: TestIdp, xml: string, options: SignatureOptions = {}): string {
  const id = / ID="([^"]*)"/.exec(xml)?.[1] ?? ''
  return after(xml, '</saml:Issuer>', signatureOf(idp, xml, id, options))
}
