import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a comment splits the name in the plaintext: its canonical form is the signed one, the first text another name',
  code: 'xml_forbidden',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ nameId: 'admin.mallory' })
    const plain = assertion(p)
    return {
      evil: response(p, encryptAssertion(swap(plain, 'admin.', 'admin<!---->.'), ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
