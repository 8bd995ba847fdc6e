import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the SignatureValue is base64url without padding, which some decoders take for base64',
  code: ['schema_invalid', 'signature_layout'],
  forge: ({ response }) => {
    const good = response()
    const url = (value: string) => Buffer.from(value, 'base64').toString('base64url')
    return { evil: swap(good, /(?<=<ds:SignatureValue>)[^<]*/, url), control: good }
  },
}
