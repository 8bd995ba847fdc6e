import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'more base64 follows the padding of the SignatureValue: decoders that stop there and those that go on differ',
  code: ['schema_invalid', 'signature_layout'],
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '</ds:SignatureValue>', 'AAAA</ds:SignatureValue>'), control: good }
  },
}
