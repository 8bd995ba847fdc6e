import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response states no version, for whoever assumes 2.0',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { Version: null }) }),
    control: response({ sign: 'response' }),
  }),
}
