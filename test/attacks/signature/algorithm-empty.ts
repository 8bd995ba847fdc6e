import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the name of the signature algorithm is empty, and a default would be taken',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, ids.signature['rsa-sha256'], '') } }),
    control: response(),
  }),
}
