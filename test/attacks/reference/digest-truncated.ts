import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signed digest lacks its last bytes: a verifier that compares only what is there would take it',
  code: 'signature_digest',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text =>
          swap(text, /(?<=<ds:DigestValue>)[^<]*/, value =>
            Buffer.from(value, 'base64').subarray(0, 16).toString('base64'),
          ),
      },
    }),
    control: response(),
  }),
}
