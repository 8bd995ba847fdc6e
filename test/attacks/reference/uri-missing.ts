import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the Reference has no URI: what it means is left to the application, and each may guess otherwise',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, / URI="[^"]*"/, '') } }),
    control: response(),
  }),
}
