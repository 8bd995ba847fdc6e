import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'an attribute value of the signed Response holds a second signature over the assertion, which a search finds',
  code: 'signature_layout',
  forge: ({ stranger, parts, assertion, response }) => {
    const p = parts({ sign: 'response' })
    const plain = assertion(p)
    const decoy = signatureOf(stranger, plain, p.assertionId)
    const spoilt = swap(plain, '<saml:AttributeValue>', `<saml:AttributeValue>${decoy}`)
    return { evil: response(p, spoilt), control: response(p, plain) }
  },
}
