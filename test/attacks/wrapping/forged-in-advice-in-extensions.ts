import type { Attack } from '../../support/attack.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion hides in an Advice that stands in Extensions, for whoever passes over every Advice',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const advice = `<saml:Advice xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${forgery(stage)}</saml:Advice>`
    return { evil: inExtensions(signed, advice), control: signed }
  },
}
