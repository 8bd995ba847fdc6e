import type { Attack } from '../../support/attack.ts'
import { cut, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the assertion of a signed Response is swapped for a forged one, for whoever asks only whether a signature is there',
  code: 'signature_digest',
  forge: stage => {
    const signed = stage.response({ sign: 'response' })
    return { evil: swap(signed, cut(signed, 'saml:Assertion'), forgery(stage)), control: signed }
  },
}
