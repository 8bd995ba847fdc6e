import type { Attack } from '../../support/attack.ts'
import { changeValue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a byte follows the signature: a verifier that cuts it to size would take it',
  code: 'signature_unknown_key',
  forge: ({ response }) => {
    const good = response()
    return { evil: changeValue(good, value => Buffer.concat([value, Buffer.of(0)])), control: good }
  },
}
