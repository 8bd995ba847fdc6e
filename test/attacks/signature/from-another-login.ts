import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature of somebody’s own assertion is moved to a forged one that has the same ID',
  code: 'signature_digest',
  forge: ({ parts, assertion, response }) => {
    const own = parts({ nameId: 'mallory' })
    const signature = signatureIn(assertion(own))
    const forged = response({ ...own, nameId: 'admin', sign: 'none' })
    return { evil: swap(forged, '<saml:Subject>', `${signature}<saml:Subject>`), control: response(own) }
  },
}
