import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'somebody puts a good signed assertion into an unsigned Response that reports a failure',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
    control: response(),
  }),
}
