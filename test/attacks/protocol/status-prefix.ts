import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the status begins like Success and goes on, for whoever searches the text',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: 'urn:oasis:names:tc:SAML:2.0:status:SuccessNot' }),
    control: response({ sign: 'response' }),
  }),
}
