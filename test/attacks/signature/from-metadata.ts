import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the public metadata is signed by the same key: its signature stands in a forged assertion of the same ID',
  code: 'signature_digest',
  forge: ({ idp, parts, response }) => {
    const p = parts()
    const metadata =
      '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"' +
      ` ID="${p.assertionId}" entityID="${idp.issuer}"></md:EntityDescriptor>`
    const signature = signatureOf(idp, metadata, p.assertionId)
    const forged = response({ ...p, sign: 'none' })
    return { evil: swap(forged, '<saml:Subject>', `${signature}<saml:Subject>`), control: response(p) }
  },
}
