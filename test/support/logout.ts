// Messages of single logout as an identity provider sends them: written as text that is canonical already and signed with
// node:crypto, in the query of an address or inside the message.

import { sign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { LogoutTransport } from '../../src/saml/logout-message.ts'
import { ids, type SignatureOptions, signatureOf } from './dsig.ts'
import { attr, chars, instant, type TestIdp } from './idp.ts'

const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

/** The parts of a logout message; each may be replaced by a test. */
export interface LogoutParts {
  element: 'LogoutRequest' | 'LogoutResponse'
  id: string
  now: number
  version: string
  issuer: string
  destination: string | null
  notOnOrAfter: number | null
  /** The whole element that names the person, canonical. */
  name: string
  sessionIndexes: readonly string[]
  inResponseTo: string | null
  /** The whole Status. */
  status: string
  /** The whole Extensions, canonical. */
  extensions: string
  signature: SignatureOptions
  /** Changes the text before it is signed; canonical again afterwards. */
  edit: (xml: string) => string
}

let counter = 0

/** A NameID, canonical. */
export function nameId(value: string, format: string | null = persistent, more = ''): string {
  const given = format === null ? '' : ` Format="${attr(format)}"`
  return `<saml:NameID xmlns:saml="${saml}"${given}${more}>${chars(value)}</saml:NameID>`
}

/** A Status of these codes, the second inside the first. */
export function status(code: string, subCode?: string): string {
  const of = (value: string, inner = '') =>
    `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${value}">${inner}</samlp:StatusCode>`
  return `<samlp:Status>${of(code, subCode && of(subCode))}</samlp:Status>`
}

/** The parts of a good request for all sessions of alice, or of a good response. */
export function logoutParts(idp: TestIdp, destination: string, change: Partial<LogoutParts> = {}): LogoutParts {
  counter += 1
  return {
    element: 'LogoutRequest',
    id: `_logout${process.pid}x${counter}`,
    now: Date.now(),
    version: '2.0',
    issuer: idp.issuer,
    destination,
    notOnOrAfter: null,
    name: nameId('alice'),
    sessionIndexes: [],
    inResponseTo: null,
    status: status('Success'),
    extensions: '',
    signature: {},
    edit: text => text,
    ...change,
  }
}

/** The message, with a signature inside where `signed`. */
export function logoutXml(idp: TestIdp, p: LogoutParts, signed: boolean): string {
  const mark = '<!signature>'
  const optional = (name: string, value: string | null) => (value === null ? '' : ` ${name}="${attr(value)}"`)
  const indexes = p.sessionIndexes.map(one => `<samlp:SessionIndex>${chars(one)}</samlp:SessionIndex>`).join('')
  const content = p.element === 'LogoutRequest' ? p.name + indexes : p.status
  const until = p.notOnOrAfter === null ? null : instant(p.notOnOrAfter)
  const xml = p.edit(
    `<samlp:${p.element} xmlns:samlp="${samlp}"${optional('Destination', p.destination)} ID="${p.id}"` +
      `${optional('InResponseTo', p.inResponseTo)} IssueInstant="${instant(p.now)}"${optional('NotOnOrAfter', until)}` +
      ` Version="${p.version}"><saml:Issuer xmlns:saml="${saml}">${chars(p.issuer)}</saml:Issuer>${mark}${p.extensions}` +
      `${content}</samlp:${p.element}>`,
  )
  const bare = xml.replace(mark, '')
  return signed ? xml.replace(mark, () => signatureOf(idp, bare, p.id, p.signature)) : bare
}

/** The parameters of a query, each as it stands in the address. */
export interface Query {
  message: string
  relayState: string | null
  sigAlg: string
  signature: string
}

/** How a query is written; whatever is left out is what most providers do. */
export interface QueryOptions {
  relayState?: string | null
  algorithm?: string
  hash?: string
  key?: Parameters<typeof sign>[2]
  /** How a value is percent-encoded. */
  encode?: (text: string) => string
  compress?: (xml: string) => Buffer
}

/** A signed query over a text, in its parts. */
export function signedParts(idp: TestIdp, field: string, xml: string, options: QueryOptions = {}): Query {
  const { relayState = 'state', encode = encodeURIComponent, compress = text => deflateRawSync(text) } = options
  const message = `${field}=${encode(compress(xml).toString('base64'))}`
  const state = relayState === null ? null : `RelayState=${encode(relayState)}`
  const sigAlg = `SigAlg=${encode(options.algorithm ?? ids.signature['rsa-sha256'])}`
  const octets = [message, state, sigAlg].filter(one => one !== null).join('&')
  const value = sign(options.hash ?? 'sha256', Buffer.from(octets), options.key ?? idp.privateKey)
  return { message, relayState: state, sigAlg, signature: `Signature=${encode(value.toString('base64'))}` }
}

/** The query of its parts. */
export function join({ message, relayState, sigAlg, signature }: Query): string {
  return [message, relayState, sigAlg, signature].filter(one => one !== null).join('&')
}

const fieldOf = (p: LogoutParts) => (p.element === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse')

/** A message by HTTP-Redirect, signed. */
export function byRedirect(
  idp: TestIdp,
  p: LogoutParts,
  options: QueryOptions = {},
): LogoutTransport & { binding: 'redirect' } {
  return { binding: 'redirect', query: join(signedParts(idp, fieldOf(p), logoutXml(idp, p, false), options)) }
}

/** A message by HTTP-POST, signed; `xml` replaces its text. */
export function byPost(idp: TestIdp, p: LogoutParts, xml = logoutXml(idp, p, true)): LogoutTransport {
  return { binding: 'post', fields: { [fieldOf(p)]: Buffer.from(xml).toString('base64'), RelayState: 'state' } }
}
