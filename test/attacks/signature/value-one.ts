import type { Attack } from '../../support/attack.ts'
import { changeValue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature is the number one, whose power is one under every RSA key',
  code: 'signature_unknown_key',
  forge: ({ response }) => {
    const good = response()
    const one = (value: Buffer) => Buffer.concat([Buffer.alloc(value.length - 1), Buffer.of(1)])
    return { evil: changeValue(good, one), control: good }
  },
}
