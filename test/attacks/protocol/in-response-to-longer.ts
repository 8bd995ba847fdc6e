import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response answers a request whose ID begins with ours, for whoever compares with startsWith',
  code: 'in_response_to_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { InResponseTo: '_request2' }) }),
    control: response({ sign: 'response' }),
  }),
}
