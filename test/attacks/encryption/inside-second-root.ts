import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed:
    'a forged assertion follows the signed one in the plaintext, which a library puts into the document as it is',
  code: 'xml_malformed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const forged = assertion({ ...p, sign: 'none', nameId: 'admin', assertionId: '_forged' })
    return {
      evil: response(p, encryptAssertion(plain + forged, ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
