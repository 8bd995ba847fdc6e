import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Response says it is SAML 1.1, for whoever passes it on to an older, laxer reader',
  code: 'version_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', editResponse: set('samlp:Response', { Version: '1.1' }) }),
    control: response({ sign: 'response' }),
  }),
}
