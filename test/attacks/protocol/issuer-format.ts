import type { Attack } from '../../support/attack.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Issuer has the right text and a Format that makes it a person, not an entity',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({
    evil: response({ editAssertion: change('<saml:Issuer>', `<saml:Issuer Format="${format}">`) }),
    control: response(),
  }),
}

const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
