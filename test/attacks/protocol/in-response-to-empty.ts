import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response answers a request without a name, for whoever takes an empty text as none',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { InResponseTo: '' }) }),
    control: response({ sign: 'response' }),
  }),
}
