import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'a failure stands before a Success, for whoever reads the last of two StatusCodes',
  code: ['schema_invalid', 'status_not_success'],
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: insert(failure, '<samlp:StatusCode') }),
    control: response({ sign: 'response' }),
  }),
}

const failure = '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"></samlp:StatusCode>'
