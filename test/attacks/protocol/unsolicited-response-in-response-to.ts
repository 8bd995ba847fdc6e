import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'a Response to somebody else’s request is posted as if nobody had asked',
  code: 'in_response_to_mismatch',
  expected: { inResponseTo: null },
  forge: ({ response }) => ({
    evil: response({ inResponseTo: null, editResponse: set('samlp:Response', { InResponseTo: '_another' }) }),
    control: response({ inResponseTo: null }),
  }),
}
