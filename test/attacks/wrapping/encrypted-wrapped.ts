import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'what was encrypted is a forged assertion around the signed one, for whoever checks the layout before decryption only',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.assertion()
    const forged = before(forgery(stage), '</saml:SubjectConfirmationData>', signed)
    return {
      evil: stage.response({}, encryptAssertion(forged, stage.ours.publicKey)),
      control: stage.response({}, encryptAssertion(signed, stage.ours.publicKey)),
    }
  },
}
