// A message that came by HTTP-Redirect (saml-bindings §3.4). Everything is read from the query as it stood in the address: the
// signature covers its raw parts, and what a framework makes of them is not what was signed.

import { inflateRawSync } from 'node:zlib'
import { Problem } from '../problem.ts'

/** The two parameters of which one carries the message, in this binding and in HTTP-POST. */
export type MessageField = 'SAMLRequest' | 'SAMLResponse'

/** A message out of a query; `signature` is undefined where the query carries none. Nothing of it is proved. */
export interface RedirectMessage {
  field: MessageField
  xml: string
  relayState: string
  /** What was signed, as it stood in the query, with the algorithm's identifier and the signature. */
  signature: { octets: string; algorithm: string; value: Buffer } | undefined
}

const names = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const
type Name = (typeof names)[number]

const deflate = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE'
const most = 256 * 1024

/**
 * Reads the raw query of an address, what follows its question mark. Other parameters are passed over. Throws
 * `redirect_malformed`, or `xml_limits` where more than 256 KiB come out.
 */
export function readRedirect(query: string): RedirectMessage {
  if (/[^\x21-\x7e]/.test(query)) throw malformed('The query is not plain ASCII.')
  const raw = segments(query)
  const field = raw.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse'
  const message = raw.get(field)
  if (message === undefined) throw malformed('The query holds neither SAMLRequest nor SAMLResponse.')
  if (field === 'SAMLRequest' && raw.has('SAMLResponse'))
    throw malformed('The query holds SAMLRequest and SAMLResponse.')
  const encoding = raw.get('SAMLEncoding')
  if (encoding !== undefined && textOf(encoding) !== deflate) throw malformed('SAMLEncoding is not DEFLATE.')
  const relayState = raw.get('RelayState')
  return {
    field,
    xml: inflated(base64Of(message)),
    relayState: relayState === undefined ? '' : textOf(relayState),
    signature: signatureOf(raw, [message, relayState]),
  }
}

// Each parameter of the binding once, as it stands; a name written in another way than plainly is a second spelling of it.
function segments(query: string): Map<Name, string> {
  const found = new Map<Name, string>()
  for (const segment of query.split('&')) {
    const plain = segment.split('=', 1)[0] ?? ''
    const name = names.find(one => one === decoded(plain))
    if (name === undefined) continue
    if (plain !== name || !segment.includes('=')) throw malformed(`${name} is not written plainly.`)
    if (found.has(name)) throw malformed(`${name} occurs twice.`)
    found.set(name, segment)
  }
  return found
}

// The order is that of the specification, whatever the order in the query (saml-bindings §3.4.4.1).
function signatureOf(raw: Map<Name, string>, signed: (string | undefined)[]): RedirectMessage['signature'] {
  const [algorithm, signature] = [raw.get('SigAlg'), raw.get('Signature')]
  if (algorithm === undefined && signature === undefined) return undefined
  if (algorithm === undefined || signature === undefined) throw malformed('Of SigAlg and Signature one is missing.')
  const octets = [...signed, algorithm].filter(one => one !== undefined).join('&')
  return { octets, algorithm: textOf(algorithm), value: base64Of(signature) }
}

function textOf(segment: string): string {
  const value = decoded(segment.slice(segment.indexOf('=') + 1))
  if (value === undefined) throw malformed('A value is not percent-encoded UTF-8.')
  return value
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

// Strict, without white space: nothing wraps lines in an address.
function base64Of(segment: string): Buffer {
  const value = textOf(segment)
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length === 0 || bytes.toString('base64') !== value) throw malformed('A value is not base64.')
  return bytes
}

function inflated(bytes: Buffer): string {
  const { buffer, read } = inflate(bytes)
  if (read !== bytes.length) throw malformed('Something follows the compressed message.')
  return utf8(buffer)
}

function inflate(bytes: Buffer): { buffer: Buffer; read: number } {
  try {
    // With `info` Node answers the bytes and the engine that counted them; its types do not say so.
    const options = { maxOutputLength: most, info: true }
    const result: unknown = inflateRawSync(bytes, options)
    const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } }
    return { buffer, read: engine.bytesWritten }
  } catch (cause) {
    if (cause instanceof RangeError) throw new Problem('xml_limits', { detail: `It is larger than ${most} bytes.` })
    throw malformed('The message is not compressed by DEFLATE (RFC 1951).', cause)
  }
}

/** Bytes as text; throws `redirect_malformed` where they are not UTF-8. */
function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw malformed('The message is not UTF-8.', cause)
  }
}

function malformed(detail: string, cause?: unknown): Problem {
  return new Problem('redirect_malformed', { detail, cause })
}
