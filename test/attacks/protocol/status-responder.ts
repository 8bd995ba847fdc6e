import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a signed failure of the identity provider carries a good assertion',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
    control: response({ sign: 'response' }),
  }),
}
