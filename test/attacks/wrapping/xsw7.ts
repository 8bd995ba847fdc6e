import type { Attack } from '../../support/attack.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged copy of the assertion hides in Extensions under the same ID, where the schema is lax (XSW 7)',
  code: ['schema_invalid', 'duplicate_id'],
  forge: stage => {
    const p = stage.parts()
    const signed = stage.response(p)
    return { evil: inExtensions(signed, forgery(stage, { ...p, sign: 'none', nameId: 'admin' })), control: signed }
  },
}
