import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction stands in the name in the plaintext, signed with it',
  code: 'xml_forbidden',
  forge: ({ ours, idp, parts, assertion, response }) => {
    const p = parts()
    const bare = swap(assertion({ ...p, sign: 'none' }), '>alice<', '>al<?x y?>ice<')
    const signature = signatureOf(idp, bare, p.assertionId)
    const evil = swap(bare, '<saml:Subject>', `${signature}<saml:Subject>`)
    return {
      evil: response(p, encryptAssertion(evil, ours.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
