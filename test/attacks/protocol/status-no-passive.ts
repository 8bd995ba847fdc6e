import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the identity provider says that it could not sign the person in silently, and yet there is an assertion',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: 'urn:oasis:names:tc:SAML:2.0:status:NoPassive' }),
    control: response({ sign: 'response' }),
  }),
}
