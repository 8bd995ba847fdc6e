import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the status is Success in other case, for whoever compares loosely',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: 'urn:oasis:names:tc:SAML:2.0:status:success' }),
    control: response({ sign: 'response' }),
  }),
}
