import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a signed assertion is changed and then encrypted: the tag of the cipher is right, the digest is not',
  code: 'signature_digest',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    return {
      evil: response(p, encryptAssertion(swap(plain, '>alice<', '>admin<'), ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
