import type { Attack } from '../../support/attack.ts'
import { signatureValue } from '../../support/dsig.ts'
import { revalue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature is made with SHA-1 but named RSA-SHA256, for a verifier that takes the hash from the padding',
  code: 'signature_unknown_key',
  forge: ({ idp, response }) => ({
    evil: response({
      signature: { after: text => revalue(text, info => signatureValue(info, idp.privateKey, 'rsa-sha1')) },
    }),
    control: response(),
  }),
}
