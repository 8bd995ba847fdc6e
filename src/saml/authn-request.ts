// The AuthnRequest (saml-core §3.4.1) and how it travels: HTTP-Redirect (saml-bindings §3.4) or HTTP-POST (§3.5). samlify builds
// and signs the XML; the signature over a redirect is made over the very query that is sent.

import { createSign, type KeyObject } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { rsaSha256 } from './algorithms.ts'
import { escapeXml } from './escape.ts'
import { bindings, ns } from './names.ts'
import { fillTemplate, signMessage } from './samlify.ts'
import { formatTime } from './time.ts'

/** What a request says; what is null or empty is left out, because many identity providers refuse what they do not expect. */
export interface AuthnRequest {
  id: string
  issueInstant: number
  spEntityId: string
  acsUrl: string
  destination: string
  forceAuthn: boolean
  nameIdFormat: string | null
  requestedAuthnContext: readonly string[]
}

/** The key that signs our messages, with its certificate (base64 DER). */
export interface SigningKey {
  privateKey: KeyObject
  certificate: string
}

/** Where the browser goes: a URL to follow, or a form to post. */
export type Dispatch =
  | { binding: 'redirect'; url: string }
  | { binding: 'post'; action: string; fields: Record<string, string> }

/** The messages that we send to identity providers, by the name of their element. */
export type MessageName = 'AuthnRequest' | 'LogoutRequest' | 'LogoutResponse'

const fieldOf = (name: MessageName) => (name === 'LogoutResponse' ? 'SAMLResponse' : 'SAMLRequest')

/** The XML of a request. */
export function authnRequestXml(request: AuthnRequest): string {
  return fillTemplate(template(request), {
    ID: request.id,
    IssueInstant: formatTime(request.issueInstant),
    Destination: request.destination,
    ProtocolBinding: bindings.post,
    AssertionConsumerServiceURL: request.acsUrl,
    ForceAuthn: request.forceAuthn ? 'true' : undefined,
    Issuer: request.spEntityId,
    NameIDFormat: request.nameIdFormat ?? undefined,
  })
}

function template({ nameIdFormat, requestedAuthnContext }: AuthnRequest): string {
  const policy = nameIdFormat === null ? '' : '<samlp:NameIDPolicy Format="{NameIDFormat}" AllowCreate="true"/>'
  const classes = requestedAuthnContext.map(
    one => `<saml:AuthnContextClassRef>${escapeXml(one)}</saml:AuthnContextClassRef>`,
  )
  const context =
    classes.length === 0
      ? ''
      : `<samlp:RequestedAuthnContext Comparison="exact">${classes.join('')}</samlp:RequestedAuthnContext>`
  return (
    `<samlp:AuthnRequest xmlns:samlp="${ns.samlp}" xmlns:saml="${ns.saml}" ID="{ID}" Version="2.0"` +
    ' IssueInstant="{IssueInstant}" Destination="{Destination}" ForceAuthn="{ForceAuthn}"' +
    ' ProtocolBinding="{ProtocolBinding}" AssertionConsumerServiceURL="{AssertionConsumerServiceURL}">' +
    `<saml:Issuer>{Issuer}</saml:Issuer>${policy}${context}</samlp:AuthnRequest>`
  )
}

/**
 * Sends a message by HTTP-Redirect; an existing query of the destination is kept, and the signature covers what is sent. An
 * empty RelayState is left out.
 */
export function redirect(
  destination: string,
  xml: string,
  relayState: string,
  key: SigningKey | undefined,
  name: MessageName = 'AuthnRequest',
): Dispatch {
  const message = `${fieldOf(name)}=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`
  const query = relayState === '' ? message : `${message}&RelayState=${encodeURIComponent(relayState)}`
  const glue = destination.includes('?') ? '&' : '?'
  return { binding: 'redirect', url: `${destination}${glue}${key ? signQuery(query, key) : query}` }
}

function signQuery(query: string, { privateKey }: SigningKey): string {
  const octets = `${query}&SigAlg=${encodeURIComponent(rsaSha256)}`
  const signature = createSign('sha256').update(octets).sign(privateKey, 'base64')
  return `${octets}&Signature=${encodeURIComponent(signature)}`
}

/** Sends a message by HTTP-POST, signed inside the XML where there is a key. */
export function post(
  destination: string,
  xml: string,
  relayState: string,
  key: SigningKey | undefined,
  name: MessageName = 'AuthnRequest',
): Dispatch {
  const message = key ? signMessage(xml, name, key) : xml
  const fields = {
    [fieldOf(name)]: Buffer.from(message).toString('base64'),
    ...(relayState === '' ? {} : { RelayState: relayState }),
  }
  return { binding: 'post', action: destination, fields }
}
