import type { Attack } from '../../support/attack.ts'
import { metadata } from '../../support/other-messages.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged Response shows signed metadata in its Extensions, for whoever finds a good signature somewhere',
  code: 'signature_layout',
  forge: stage => ({
    evil: inExtensions(stage.response({ sign: 'none' }, forgery(stage)), metadata(stage)),
    control: stage.response({ sign: 'response' }),
  }),
}
