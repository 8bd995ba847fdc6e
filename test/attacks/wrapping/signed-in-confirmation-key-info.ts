import type { Attack } from '../../support/attack.ts'
import { before, cut, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion holds the signed one in the KeyInfo of its SubjectConfirmationData',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const keyInfo = `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${original}</ds:KeyInfo>`
    const forged = before(forgery(stage), '</saml:SubjectConfirmationData>', keyInfo)
    return { evil: swap(signed, original, forged), control: signed }
  },
}
