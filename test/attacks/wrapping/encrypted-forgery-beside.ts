import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion, encrypted for us as anybody can, stands before the signed plain one',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const encrypted = encryptAssertion(forgery(stage), stage.ours.publicKey)
    return { evil: before(signed, '<saml:Assertion ', encrypted), control: signed }
  },
}
