import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'a third transform canonicalises once more: harmless by itself, and the place where others are hidden',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: { transforms: [ids.enveloped, ids.exclusive, ids.exclusive].map(transform).join('') },
    }),
    control: response(),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
