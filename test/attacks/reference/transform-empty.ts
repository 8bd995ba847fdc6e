import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'the transform that canonicalises has an empty name, and a default would be taken',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', signature: { transforms: [ids.enveloped, ''].map(transform).join('') } }),
    control: response({ sign: 'response' }),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
