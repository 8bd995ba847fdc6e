import type { Attack } from '../../support/attack.ts'
import { changeValue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature is all zeros, whose power is zero under every RSA key',
  code: 'signature_unknown_key',
  forge: ({ response }) => {
    const good = response()
    return { evil: changeValue(good, value => Buffer.alloc(value.length)), control: good }
  },
}
