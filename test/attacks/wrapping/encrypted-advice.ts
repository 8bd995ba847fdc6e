import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'what was encrypted is a forged assertion with the signed one in its Advice, for whoever takes encryption for proof',
  code: 'signature_missing',
  forge: stage => {
    const signed = stage.assertion()
    const forged = before(forgery(stage), '<saml:AuthnStatement', `<saml:Advice>${signed}</saml:Advice>`)
    return {
      evil: stage.response({}, encryptAssertion(forged, stage.ours.publicKey)),
      control: stage.response({}, encryptAssertion(signed, stage.ours.publicKey)),
    }
  },
}
