import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is a forged assertion with the good signature, which carries the signed one in its Object',
  code: 'signature_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const signature = signatureIn(plain)
    const object = `<ds:Object>${swap(plain, signature, '')}</ds:Object></ds:Signature>`
    const forged = assertion({ ...p, sign: 'none', nameId: 'admin', assertionId: '_forged' })
    const wrapper = swap(signature, '</ds:Signature>', object)
    const wrapped = swap(forged, '<saml:Subject>', `${wrapper}<saml:Subject>`)
    return {
      evil: response(p, encryptAssertion(wrapped, ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
