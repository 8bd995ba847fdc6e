import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'the enveloped-signature transform is left out, though the digest was made as if it were there',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: { transforms: `<ds:Transform Algorithm="${ids.exclusive}"></ds:Transform>` },
    }),
    control: response(),
  }),
}
