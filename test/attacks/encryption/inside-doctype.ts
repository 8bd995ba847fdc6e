import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'a DOCTYPE stands in the plaintext, where no gate before decryption sees it',
  code: 'xml_forbidden',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "http://sink.example/entity">]>'
    return {
      evil: response(p, encryptAssertion(doctype + plain, ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
