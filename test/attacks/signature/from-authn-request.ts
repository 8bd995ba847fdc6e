import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the same key also signs requests: such a signature, value and all, stands in a forged assertion of the same ID',
  code: 'signature_digest',
  forge: ({ idp, parts, response }) => {
    const p = parts()
    const request =
      '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"' +
      ` ID="${p.assertionId}" IssueInstant="2026-01-31T12:00:00Z" Version="2.0"></samlp:AuthnRequest>`
    const signature = signatureOf(idp, request, p.assertionId)
    const forged = response({ ...p, sign: 'none' })
    return { evil: swap(forged, '<saml:Subject>', `${signature}<saml:Subject>`), control: response(p) }
  },
}
