import type { Attack } from '../../support/attack.ts'
import { changeValue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature lacks its last byte: a verifier that compares only what is there would take it',
  code: 'signature_unknown_key',
  forge: ({ response }) => {
    const good = response()
    return { evil: changeValue(good, value => value.subarray(0, -1)), control: good }
  },
}
