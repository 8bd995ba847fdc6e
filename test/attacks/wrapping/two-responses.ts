import type { Attack } from '../../support/attack.ts'
import { forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged Response and the signed one come side by side in one root, one to be verified and one to be read',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response({ sign: 'response' })
    const forged = stage.response({ sign: 'none', responseId: '_evil' }, forgery(stage))
    return { evil: `<responses>${forged}${signed}</responses>`, control: signed }
  },
}
