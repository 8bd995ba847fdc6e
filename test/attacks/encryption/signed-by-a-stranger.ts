import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'a stranger signs the assertion and encrypts it, so that no gate before us can see whose signature it is',
  code: 'signature_unknown_key',
  forge: ({ ours, stranger, parts, assertion, response }) => {
    const p = parts()
    return {
      evil: response(p, encryptAssertion(assertion({ ...p, signature: { key: stranger.privateKey } }), ours.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
