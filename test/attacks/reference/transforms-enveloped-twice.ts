import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed:
    'the enveloped-signature transform stands there twice: a verifier may take out another signature the second time',
  code: ['signature_layout', 'signature_algorithm'],
  forge: ({ response }) => ({
    evil: response({
      sign: 'response',
      signature: { transforms: [ids.enveloped, ids.enveloped].map(transform).join('') },
    }),
    control: response({ sign: 'response' }),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
