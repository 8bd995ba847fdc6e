import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a signed failure that blames us carries a good assertion, for whoever looks for an assertion first',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: 'urn:oasis:names:tc:SAML:2.0:status:Requester' }),
    control: response({ sign: 'response' }),
  }),
}
