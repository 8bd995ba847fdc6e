// Our metadata for one connection (saml-metadata §2.4.4): only what is really served. samlify's builder is not used because it
// asks for e-mail name identifiers whenever none are listed; its signer is.

import type { SigningKey } from './authn-request.ts'
import { escapeXml } from './escape.ts'
import { bindings, ns } from './names.ts'
import { signMessage } from './samlify.ts'

/** What our metadata states; certificates are base64 of their DER. The first ACS URL is the default. */
export interface SpMetadata {
  id: string
  entityId: string
  acsUrls: readonly string[]
  /** Where we take messages of single logout, or undefined where we do not. */
  sloUrl: string | undefined
  signingCertificates: readonly string[]
  encryptionCertificates: readonly string[]
  signsRequests: boolean
  wantsAssertionsSigned: boolean
  nameIdFormat: string | null
}

const encryptionMethods = [
  `${ns.xenc11}aes256-gcm`,
  `${ns.xenc11}aes128-gcm`,
  `${ns.xenc}rsa-oaep-mgf1p`,
  `${ns.xenc11}rsa-oaep`,
]

/** The metadata document, signed. */
export function spMetadataXml(metadata: SpMetadata, key: SigningKey): string {
  const { id, entityId, signsRequests, wantsAssertionsSigned, nameIdFormat } = metadata
  const methods = encryptionMethods.map(one => `<md:EncryptionMethod Algorithm="${one}"/>`).join('')
  const xml = [
    `<md:EntityDescriptor xmlns:md="${ns.md}" ID="${escapeXml(id)}" entityID="${escapeXml(entityId)}">`,
    `<md:SPSSODescriptor AuthnRequestsSigned="${signsRequests}" WantAssertionsSigned="${wantsAssertionsSigned}"`,
    ` protocolSupportEnumeration="${ns.samlp}">`,
    ...metadata.signingCertificates.map(one => keyDescriptor('signing', one, '')),
    ...metadata.encryptionCertificates.map(one => keyDescriptor('encryption', one, methods)),
    ...(metadata.sloUrl === undefined ? [] : sloServices(metadata.sloUrl)),
    nameIdFormat === null ? '' : `<md:NameIDFormat>${escapeXml(nameIdFormat)}</md:NameIDFormat>`,
    ...metadata.acsUrls.map(acsService),
    '</md:SPSSODescriptor></md:EntityDescriptor>',
  ].join('')
  return signMessage(xml, 'EntityDescriptor', key)
}

function keyDescriptor(use: 'signing' | 'encryption', certificate: string, methods: string): string {
  return (
    `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${ns.ds}"><ds:X509Data>` +
    `<ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`
  )
}

function sloServices(url: string): string[] {
  const service = (binding: string) => `<md:SingleLogoutService Binding="${binding}" Location="${escapeXml(url)}"/>`
  return [bindings.redirect, bindings.post].map(service)
}

function acsService(url: string, index: number): string {
  const isDefault = index === 0 ? ' isDefault="true"' : ''
  return `<md:AssertionConsumerService Binding="${bindings.post}" Location="${escapeXml(url)}" index="${index}"${isDefault}/>`
}
