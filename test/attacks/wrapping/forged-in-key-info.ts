import type { Attack } from '../../support/attack.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion stands in the KeyInfo of the true Signature, which no digest covers',
  code: 'signature_layout',
  forge: stage => {
    const signed = stage.response()
    return { evil: before(signed, '</ds:KeyInfo>', forgery(stage)), control: signed }
  },
}
