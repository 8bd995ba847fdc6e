import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged plain assertion stands before the true encrypted one, for whoever prefers what needs no decryption',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response({}, encryptAssertion(stage.assertion(), stage.ours.publicKey))
    return { evil: before(signed, '<saml:EncryptedAssertion ', forgery(stage)), control: signed }
  },
}
