import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature algorithm is called constructor: a table that is a plain object has an entry for that',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, ids.signature['rsa-sha256'], 'constructor') } }),
    control: response(),
  }),
}
