import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'the transform that canonicalises is one that nobody knows, which a verifier might skip',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({ signature: { transforms: [ids.enveloped, 'urn:example:c14n'].map(transform).join('') } }),
    control: response(),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
