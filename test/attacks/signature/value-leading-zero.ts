import type { Attack } from '../../support/attack.ts'
import { changeValue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a zero byte precedes the signature: the number is the same, its length is not (RFC 8017 §8.2.2)',
  code: 'signature_unknown_key',
  forge: ({ response }) => {
    const good = response()
    return { evil: changeValue(good, value => Buffer.concat([Buffer.of(0), value])), control: good }
  },
}
