import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the plaintext holds more elements than any message may, hidden from the caps before decryption',
  code: 'xml_limits',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const many = swap(plain, '<saml:AttributeValue>', `<saml:AttributeValue>${'<x></x>'.repeat(5000)}`)
    return {
      evil: response(p, encryptAssertion(many, ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
