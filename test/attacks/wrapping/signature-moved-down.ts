import type { Attack } from '../../support/attack.ts'
import { before, cut, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Signature of the Response moves down into its assertion, which then seems to be signed itself',
  code: 'signature_layout',
  forge: ({ response }) => {
    const signed = response({ sign: 'response' })
    const statement = '<saml:Subject>'
    return { evil: before(unsigned(signed), statement, cut(signed, 'ds:Signature')), control: signed }
  },
}
