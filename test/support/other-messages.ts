// What an identity provider signs with the same key and publishes or sends to anybody: all of it genuine, none of it a login.

import type { Scene } from './attack.ts'
import { signatureOf } from './dsig.ts'
import { after, seal, swap } from './splice.ts'

/** A signed Response that reports a failure and holds no assertion. */
export function errorResponse({ response }: Scene): string {
  return response({ sign: 'response', status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }, '')
}

/** A signed LogoutResponse; `extensions` is the content of its Extensions, canonical as written. */
export function logoutResponse({ idp, response }: Scene, extensions = ''): string {
  const renamed = response({ sign: 'none' }, '').replaceAll('samlp:Response', 'samlp:LogoutResponse')
  return seal(idp, after(renamed, '</saml:Issuer>', extended(extensions)))
}

/** A signed LogoutRequest for alice; `extensions` is the content of its Extensions, canonical as written. */
export function logoutRequest({ idp, response }: Scene, extensions = ''): string {
  const renamed = response({ sign: 'none', inResponseTo: null }, '').replaceAll('samlp:Response', 'samlp:LogoutRequest')
  const status = /<samlp:Status>.*<\/samlp:Status>/.exec(renamed)?.[0] ?? ''
  const name = '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">alice</saml:NameID>'
  return seal(idp, swap(renamed, status, extended(extensions) + name))
}

function extended(content: string): string {
  return content === '' ? '' : `<samlp:Extensions>${content}</samlp:Extensions>`
}

/** The signed metadata of an identity provider, which anybody can fetch; `extensions` as above. */
export function metadata({ idp }: Scene, extensions = ''): string {
  const start = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_metadata" entityID="${idp.issuer}">`
  const rest =
    `${extensions === '' ? '' : `<md:Extensions>${extensions}</md:Extensions>`}` +
    '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:SingleSignOnService' +
    ' Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso">' +
    '</md:SingleSignOnService></md:IDPSSODescriptor></md:EntityDescriptor>'
  return after(start + rest, start, signatureOf(idp, start + rest, '_metadata'))
}
