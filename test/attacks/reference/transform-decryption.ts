import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'a decryption transform makes the verifier decrypt what the sender likes, before anything is proved',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: { transforms: [ids.enveloped, 'http://www.w3.org/2002/07/decrypt#XML'].map(transform).join('') },
    }),
    control: response(),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
