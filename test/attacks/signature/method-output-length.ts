import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an RSA SignatureMethod carries an HMACOutputLength of 0, for a verifier that cuts whatever it compares',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text =>
          swap(text, '</ds:SignatureMethod>', '<ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>'),
      },
    }),
    control: response(),
  }),
}
