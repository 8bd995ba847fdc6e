import type { Attack } from '../../support/attack.ts'
import { before, cut, forgery, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged Response holds the signed one before its detached Signature, for whoever follows the Reference only (XSW 2)',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response({ sign: 'response' })
    const forged = stage.response({ sign: 'none', responseId: '_evil' }, forgery(stage))
    const moved = unsigned(signed) + cut(signed, 'ds:Signature')
    return { evil: before(forged, '<samlp:Status>', moved), control: signed }
  },
}
