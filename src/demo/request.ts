// Reading an AuthnRequest at the demo's identity provider: strict and small. It takes what Assay sends and refuses the rest.

import { inflateRawSync } from 'node:zlib'
import { Problem } from '../problem.ts'

/** What the identity provider must know of an AuthnRequest (Core §3.4.1). */
export interface AuthnRequest {
  id: string
  acsUrl: string
  spEntityId: string
}

const maxBytes = 64 * 1024
const name = '(?:[A-Za-z_][\\w.-]*:)?'
const rootElement = new RegExp(`^\\s*(?:<\\?xml [^<>]*\\?>\\s*)?<${name}AuthnRequest((?:\\s+[\\w.:-]+="[^"<]*")+)\\s*>`)
const issuerElement = new RegExp(`<${name}Issuer(?:\\s+[\\w.:-]+="[^"<]*")*\\s*>\\s*([^<]*?)\\s*</${name}Issuer>`)

/** The XML of a `SAMLRequest`: HTTP-Redirect is base64 of a raw deflate, HTTP-POST is base64 alone (Bindings §3.4.4.1, §3.5.4). */
export function decodeRequest(encoded: unknown, binding: 'redirect' | 'post'): string {
  if (typeof encoded !== 'string' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(encoded))
    throw refusal('There is no SAMLRequest here.')
  const bytes = Buffer.from(encoded, 'base64')
  if (binding === 'post') return bytes.toString('utf8')
  try {
    return inflateRawSync(bytes, { maxOutputLength: maxBytes }).toString('utf8')
  } catch (cause) {
    throw refusal('The SAMLRequest is not deflated, or it is too large.', cause)
  }
}

/** Reads an AuthnRequest; only one that wants its answer at one of `acsOrigins` is taken. */
export function readRequest(xml: string, acsOrigins: readonly string[]): AuthnRequest {
  const root = rootElement.exec(xml)
  if (root === null || xml.includes('<!') || xml.length > maxBytes)
    throw refusal('The SAMLRequest is not an AuthnRequest.')
  const attributes = readAttributes(root[1] ?? '')
  const id = attributes.get('ID') ?? ''
  const acsUrl = attributes.get('AssertionConsumerServiceURL') ?? ''
  const spEntityId = unescapeXml(issuerElement.exec(xml)?.[1] ?? '')
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(id) || spEntityId === '')
    throw refusal('The AuthnRequest has no ID or no Issuer.')
  const origin = URL.parse(acsUrl)?.origin
  if (origin === undefined || !acsOrigins.includes(origin)) throw refusal('The demo answers to its own services only.')
  return { id, acsUrl, spEntityId }
}

function readAttributes(source: string): Map<string, string> {
  const pairs = [...source.matchAll(/([\w.:-]+)="([^"]*)"/g)]
  return new Map(pairs.map(([, key = '', value = '']) => [key, unescapeXml(value)]))
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five entities of XML and character references (XML 1.0 §4.1); what is neither is left as it stands. */
function unescapeXml(value: string): string {
  return value.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));/g, (whole, entity, decimal, hex) => {
    if (entity !== undefined) return entities[entity] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function refusal(detail: string, cause?: unknown): Problem {
  return new Problem('invalid_request', { detail, cause })
}
