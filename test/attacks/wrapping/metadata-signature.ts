import type { Attack } from '../../support/attack.ts'
import { metadata } from '../../support/other-messages.ts'
import { before, cut, forgery, inExtensions, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged Response carries the Signature of the metadata, which stands bare in its Extensions',
  code: 'signature_layout',
  forge: stage => {
    const descriptor = metadata(stage)
    const shown = inExtensions(stage.response({ sign: 'none' }, forgery(stage)), unsigned(descriptor))
    return {
      evil: before(shown, '<samlp:Extensions>', cut(descriptor, 'ds:Signature')),
      control: stage.response({ sign: 'response' }),
    }
  },
}
