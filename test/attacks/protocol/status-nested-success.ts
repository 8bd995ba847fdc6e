import type { Attack } from '../../support/attack.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'a failure holds a Success as its second-level code, for whoever takes any StatusCode',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: `${status}Responder`, editResponse: nested }),
    control: response({ sign: 'response', editResponse: nested }),
  }),
}

const status = 'urn:oasis:names:tc:SAML:2.0:status:'
const nested = change(
  '></samlp:StatusCode>',
  `><samlp:StatusCode Value="${status}Success"></samlp:StatusCode></samlp:StatusCode>`,
)
