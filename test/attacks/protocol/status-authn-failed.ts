import type { Attack } from '../../support/attack.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the person failed to sign in, says the second-level code, beside a complete assertion',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: `${status}Responder`, editResponse: nested }),
    control: response({ sign: 'response' }),
  }),
}

const status = 'urn:oasis:names:tc:SAML:2.0:status:'
const nested = change(
  '></samlp:StatusCode>',
  `><samlp:StatusCode Value="${status}AuthnFailed"></samlp:StatusCode></samlp:StatusCode>`,
)
