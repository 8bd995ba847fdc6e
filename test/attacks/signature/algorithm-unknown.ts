import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature names an algorithm that nobody knows: a verifier that falls back to RSA-SHA256 would take it',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: { signedInfo: text => swap(text, ids.signature['rsa-sha256'], 'urn:example:rsa-sha256') },
    }),
    control: response(),
  }),
}
