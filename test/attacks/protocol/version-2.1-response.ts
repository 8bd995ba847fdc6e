import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response says it is of a version that does not exist, for whoever compares with >=',
  code: 'version_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { Version: '2.1' }) }),
    control: response({ sign: 'response' }),
  }),
}
