import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an RSA signature by the right key is named ECDSA: the name must fit the key',
  code: 'signature_unknown_key',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, ids.signature['rsa-sha256'], ids.signature['ecdsa-sha256']),
      },
    }),
    control: response(),
  }),
}
