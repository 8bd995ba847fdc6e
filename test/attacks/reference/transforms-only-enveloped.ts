import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'no canonicalisation is named, so that each verifier takes its own default',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      sign: 'response',
      signature: { transforms: `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` },
    }),
    control: response({ sign: 'response' }),
  }),
}
