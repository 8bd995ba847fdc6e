import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion, encrypted for us, hides in Extensions, for whoever decrypts in place before looking',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    return { evil: inExtensions(signed, encryptAssertion(forgery(stage), stage.ours.publicKey)), control: signed }
  },
}
