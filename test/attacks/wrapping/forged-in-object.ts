import type { Attack } from '../../support/attack.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged assertion stands in an Object of the true Signature, which the enveloped transform takes out of the digest',
  code: 'signature_layout',
  forge: stage => {
    const signed = stage.response()
    return { evil: before(signed, '</ds:Signature>', `<ds:Object>${forgery(stage)}</ds:Object>`), control: signed }
  },
}
