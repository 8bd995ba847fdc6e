import type { Attack } from '../../support/attack.ts'
import { errorResponse } from '../../support/other-messages.ts'
import { before, cut, forgery, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged Response carries the Signature of a truly signed failure, with that failure in its Object',
  code: 'signature_layout',
  forge: stage => {
    const failure = errorResponse(stage)
    const object = `<ds:Object>${unsigned(failure)}</ds:Object>`
    const wrapper = before(cut(failure, 'ds:Signature'), '</ds:Signature>', object)
    const forged = stage.response({ sign: 'none', responseId: '_evil' }, forgery(stage))
    return { evil: before(forged, '<samlp:Status>', wrapper), control: stage.response({ sign: 'response' }) }
  },
}
