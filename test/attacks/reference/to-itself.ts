import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the signature references itself and takes itself out: what is left to digest is nothing, and that is what is signed',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        uri: '#_self',
        digested: '',
        after: text => swap(text, '<ds:Signature ', '<ds:Signature Id="_self" '),
      },
    }),
    control: response(),
  }),
}
