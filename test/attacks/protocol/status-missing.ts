import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response has no Status at all, for whoever refuses only failures that are reported',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: drop('samlp:Status') }),
    control: response({ sign: 'response' }),
  }),
}
