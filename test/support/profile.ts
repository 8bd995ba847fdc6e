// What a real identity provider's responses look like, as far as it differs from others': one Profile a provider, facts only.

import type { Provider } from '../../src/connections/provider.ts'
import type { ProblemCode } from '../../src/problem.ts'
import type { Hash, SignatureName } from './dsig.ts'
import { type Encryption, usual as usualEncryption } from './encryption.ts'

/** A time as xs:dateTime: with milliseconds, without, or with `.000` where a vendor drops what it had. */
export type Stamp = 'milliseconds' | 'seconds' | 'zeros'

/** How base64 is broken: not at all, every 76 characters, with a line break at both ends too, or by `&#13;` and a line feed. */
export type Wrap = 'none' | 'lines' | 'framed' | 'carriage-returns'

/** One attribute; `apart` gives each value an Attribute element of its own, `nested` puts it into a NameID element. */
export interface ProfileAttribute {
  name: string
  friendlyName?: string
  format?: string
  type?: string
  values: readonly string[]
  apart?: true
  nested?: true
}

/** A failure that the provider reports: its status codes, and what the explanation must name. */
export interface Failure {
  codes: readonly string[]
  message?: string
  /** The message stands in an attribute of StatusMessage. */
  messageAsAttribute?: true
  signed: boolean
  explained: RegExp
}

/** A form of the response that an admin can switch to; `refused` where it must not come in, `claims` where they differ. */
export interface Variant {
  change?: Partial<Profile>
  inResponseTo?: string | null
  refused?: ProblemCode
  claims?: Record<string, unknown>
}

/** The labels of the provider's console, to be found in explanations; undefined where the console has no such thing. */
export interface Labels {
  acs: string
  recipient?: string
  audience: string
  certificate: string
  signAssertion: string
  signResponse: string
  algorithm?: string
  encryption?: string
  nameId: string
}

/** A provider's responses. */
export interface Profile {
  name: string
  /** What `provider` of the connection is. */
  provider: Provider
  issuer: string
  /** The XML declaration, '' for none. */
  declaration: string
  prefixes: { protocol: string; assertion: string; dsig: string }
  /** Whether the Response declares the assertion's prefix too. */
  rootDeclaresAssertion: boolean
  /** The attributes of the Response in their order. */
  responseAttributes: readonly ('Destination' | 'ID' | 'InResponseTo' | 'IssueInstant' | 'Version' | 'Consent')[]
  ids: { response: string; assertion: string }
  times: { response: Stamp; assertion: Stamp; authn: Stamp }
  /** Seconds from the issue time. */
  windows: { notBefore: number; notOnOrAfter: number; confirmation: number; session: number | null; authn: number }
  /** What follows the Issuer (and Signature) of the assertion. */
  order: readonly ('Subject' | 'Conditions' | 'AuthnStatement' | 'AttributeStatement')[]
  /** Where the Signature stands among the children of the Response. */
  signatureIndex: number
  issuerFormat: string | null
  /** null: no NameID at all; `format` null: no Format. */
  nameId: { format: string | null; value: string; qualified?: true } | null
  authnContext: string
  sessionIndex: 'assertion' | 'request' | 'own'
  /** Client address in the confirmation and the AuthnStatement. */
  address: boolean
  attributes: readonly ProfileAttribute[]
  /** Where the prefix of xsi:type's values is declared, and what it is. */
  types: { on: 'value' | 'assertion' | 'root'; prefix: 'xs' | 'xsd' }
  signs: 'assertion' | 'response' | 'both' | 'none'
  algorithm: SignatureName
  digest: Hash
  inclusive: readonly string[]
  keyInfo: 'certificate' | 'none' | 'subject-first' | 'key-name-and-value' | 'mixed-prefixes'
  wrap: { signature: Wrap; certificate: Wrap }
  emptyElements: '/>' | ' />'
  /** Redundant declarations that the vendor repeats. */
  repeats: readonly ('default-namespace-on-assertion' | 'protocol-on-status')[]
  encryption: Encryption | null
  /** What the provider encrypts with where that is switched on; null where it cannot. */
  canEncrypt: Encryption | null
  variants: Readonly<Record<string, Variant>>
  failures: readonly Failure[]
  /** The claims that the default mapping of a connection makes of it. */
  claims: Record<string, unknown>
  labels: Labels | null
}

/** Identifiers that profiles name. */
export const format = {
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  entity: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
} as const
export const attributeFormat = {
  basic: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
  uri: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  unspecified: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
} as const
export const context = {
  password: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  protected: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  unspecified: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
} as const
export const ws = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

/** AES-CBC, as most providers still encrypt; AES-GCM, as the newer ones do. */
export const cbc = (bits: 128 | 256): Encryption => ({
  ...usualEncryption,
  data: `http://www.w3.org/2001/04/xmlenc#aes${bits}-cbc`,
})
export const gcm = (bits: 128 | 256): Encryption => ({
  ...usualEncryption,
  data: `http://www.w3.org/2009/xmlenc11#aes${bits}-gcm`,
})

/** What most providers have in common. */
export const common = {
  declaration: '',
  rootDeclaresAssertion: false,
  responseAttributes: ['ID', 'Version', 'IssueInstant', 'Destination', 'InResponseTo'],
  ids: { response: '_7d1c6f0ac1', assertion: '_0b5e9d3fa2' },
  times: { response: 'milliseconds', assertion: 'milliseconds', authn: 'milliseconds' },
  order: ['Subject', 'Conditions', 'AuthnStatement', 'AttributeStatement'],
  signatureIndex: 1,
  issuerFormat: null,
  sessionIndex: 'own',
  address: false,
  types: { on: 'value', prefix: 'xs' },
  algorithm: 'rsa-sha256',
  digest: 'sha256',
  inclusive: [],
  keyInfo: 'certificate',
  wrap: { signature: 'none', certificate: 'none' },
  emptyElements: '/>',
  repeats: [],
  encryption: null,
  failures: [],
} as const satisfies Partial<Profile>

/** A variant that signs by SHA-1: refused, unless the connection tolerates it for a while. */
export const sha1: Variant = { change: { algorithm: 'rsa-sha1', digest: 'sha1' }, refused: 'signature_algorithm' }
export const idpInitiated: Variant = { inResponseTo: null }
