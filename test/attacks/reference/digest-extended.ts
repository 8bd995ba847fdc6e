import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a byte follows the signed digest: a verifier that cuts it to size would take it',
  code: 'signature_digest',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text =>
          swap(text, /(?<=<ds:DigestValue>)[^<]*/, value =>
            Buffer.concat([Buffer.from(value, 'base64'), Buffer.of(0)]).toString('base64'),
          ),
      },
    }),
    control: response(),
  }),
}
