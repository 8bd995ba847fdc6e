import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the DigestValue is empty: a comparison of nothing with nothing would hold',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, /(?<=<ds:DigestValue>)[^<]*/, '') } }),
    control: response(),
  }),
}
