import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response answers another request than this login’s, for whoever reads only the confirmation',
  code: 'in_response_to_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { InResponseTo: '_another' }) }),
    control: response({ sign: 'response' }),
  }),
}
