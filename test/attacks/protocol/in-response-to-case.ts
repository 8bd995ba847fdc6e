import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response answers a request whose ID is ours in other case, as a careless database compares',
  code: 'in_response_to_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { InResponseTo: '_REQUEST' }) }),
    control: response({ sign: 'response' }),
  }),
}
