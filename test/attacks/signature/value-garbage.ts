import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the SignatureValue holds characters that are not base64, which lenient decoders skip',
  code: ['schema_invalid', 'signature_layout'],
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '</ds:SignatureValue>', '!*</ds:SignatureValue>'), control: good }
  },
}
