import type { Attack } from '../../support/attack.ts'
import { signatureValue } from '../../support/dsig.ts'
import { revalue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a PSS signature by the right key is named RSA-SHA256: the padding must be the one that is named',
  code: 'signature_unknown_key',
  forge: ({ idp, response }) => ({
    evil: response({
      signature: { after: text => revalue(text, info => signatureValue(info, idp.privateKey, 'pss-sha256')) },
    }),
    control: response(),
  }),
}
