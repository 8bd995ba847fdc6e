import type { Attack } from '../../support/attack.ts'
import { changeValue, flip } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'one bit of the last byte of the signature is flipped',
  code: 'signature_unknown_key',
  forge: ({ response }) => {
    const good = response()
    return { evil: changeValue(good, value => flip(value, -1)), control: good }
  },
}
