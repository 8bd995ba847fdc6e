import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'what was encrypted is the signed assertion and a forged one after it, for whoever splices the plaintext in as text',
  code: 'xml_malformed',
  forge: stage => {
    const signed = stage.assertion()
    return {
      evil: stage.response({}, encryptAssertion(signed + forgery(stage), stage.ours.publicKey)),
      control: stage.response({}, encryptAssertion(signed, stage.ours.publicKey)),
    }
  },
}
