import type { Attack } from '../../support/attack.ts'
import { cut, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the assertion of a signed Response is swapped for the signed one of another login, both signatures true once',
  code: 'signature_digest',
  forge: ({ assertion, response }) => {
    const signed = response({ sign: 'both' })
    const other = assertion({ nameId: 'admin' })
    return { evil: swap(signed, cut(signed, 'saml:Assertion'), other), control: signed }
  },
}
