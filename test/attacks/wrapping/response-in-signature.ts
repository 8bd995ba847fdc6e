import type { Attack } from '../../support/attack.ts'
import { before, cut, forgery, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged Response carries a Signature with the signed Response right inside it, as testing tools write XSW 1',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response({ sign: 'response' })
    const wrapper = before(cut(signed, 'ds:Signature'), '</ds:Signature>', unsigned(signed))
    const forged = stage.response({ sign: 'none', responseId: '_evil' }, forgery(stage))
    return { evil: before(forged, '<samlp:Status>', wrapper), control: signed }
  },
}
