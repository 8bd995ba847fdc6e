import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'the transforms are in the wrong order: the signature is taken out of text, which has none',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { transforms: [ids.exclusive, ids.enveloped].map(transform).join('') } }),
    control: response(),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
