import type { Attack } from '../../support/attack.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Issuer of the Response has a Format that makes it a person, not an entity',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({
    evil: response({
      sign: 'response',
      editResponse: change(/(?<=<saml:Issuer xmlns:saml="[^"]*")>/, ` Format="${format}">`),
    }),
    control: response({ sign: 'response' }),
  }),
}

const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
