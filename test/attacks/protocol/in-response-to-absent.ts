import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response answers no request while a login is under way: a stolen unsolicited one',
  code: 'in_response_to_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { InResponseTo: null }) }),
    control: response({ sign: 'response' }),
  }),
}
