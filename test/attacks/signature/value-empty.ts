import type { Attack } from '../../support/attack.ts'
import { changeValue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the SignatureValue is empty: a comparison of nothing with nothing would hold',
  code: 'signature_layout',
  forge: ({ response }) => {
    const good = response()
    return { evil: changeValue(good, () => Buffer.alloc(0)), control: good }
  },
}
