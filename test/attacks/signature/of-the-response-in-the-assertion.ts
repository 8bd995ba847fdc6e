import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the valid signature of the Response stands in the assertion instead, as if that were signed',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const good = response(parts({ sign: 'response' }))
    const signature = signatureIn(good)
    return { evil: swap(swap(good, signature, ''), '<saml:Subject>', `${signature}<saml:Subject>`), control: good }
  },
}
