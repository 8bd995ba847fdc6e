import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { revalue, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature algorithm is called none and the value is one byte, as with tokens that need no signature',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, ids.signature['rsa-sha256'], 'none'),
        after: text => revalue(text, () => Buffer.of(0)),
      },
    }),
    control: response(),
  }),
}
