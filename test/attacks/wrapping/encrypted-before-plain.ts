import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged plain assertion follows the true encrypted one, for whoever decrypts the one and reads the other',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response({}, encryptAssertion(stage.assertion(), stage.ours.publicKey))
    return { evil: before(signed, '</samlp:Response>', forgery(stage)), control: signed }
  },
}
