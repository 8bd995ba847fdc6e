import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'the canonicalisation of the SignedInfo is another transform, which yields whatever a verifier makes of it',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        method: `<ds:CanonicalizationMethod Algorithm="${ids.enveloped}"></ds:CanonicalizationMethod>`,
      },
    }),
    control: response(),
  }),
}
