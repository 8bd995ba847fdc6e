import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the signature covers an Object that it carries itself (an enveloping signature), and nothing of the assertion',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        uri: '#_object',
        digested: '<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="_object">x</ds:Object>',
        after: text => swap(text, '</ds:Signature>', '<ds:Object Id="_object">x</ds:Object></ds:Signature>'),
      },
    }),
    control: response(),
  }),
}
