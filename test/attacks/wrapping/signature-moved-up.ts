import type { Attack } from '../../support/attack.ts'
import { before, cut, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Signature of the assertion moves up to the Response, whose Destination then seems to be signed',
  code: 'signature_layout',
  forge: ({ response }) => {
    const signed = response()
    return { evil: before(unsigned(signed), '<samlp:Status>', cut(signed, 'ds:Signature')), control: signed }
  },
}
