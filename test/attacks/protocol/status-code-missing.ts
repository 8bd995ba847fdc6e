import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Status holds no StatusCode, for whoever refuses only failures that are reported',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: drop('samlp:StatusCode') }),
    control: response({ sign: 'response' }),
  }),
}
