import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signed digest is written in hexadecimal, which is base64 of something else',
  code: 'signature_digest',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text =>
          swap(text, /(?<=<ds:DigestValue>)[^<]*/, value => Buffer.from(value, 'base64').toString('hex')),
      },
    }),
    control: response(),
  }),
}
