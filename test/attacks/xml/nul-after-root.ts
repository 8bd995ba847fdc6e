import type { Attack } from '../../support/attack.ts'
import { forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a NUL ends the Response and a forged one follows, for one parser that stops there and one that goes on',
  code: 'xml_forbidden',
  forge: stage => {
    const control = stage.response()
    return { evil: `${control}\0${stage.response({ sign: 'none' }, forgery(stage))}`, control }
  },
}
