import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the enveloped-signature transform carries an XPath, which only one of two verifiers may heed',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, '</ds:Transform>', '<ds:XPath>true()</ds:XPath></ds:Transform>'),
      },
    }),
    control: response(),
  }),
}
