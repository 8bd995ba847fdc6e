import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'the canonicalisation of the SignedInfo carries an XPath that leaves the Reference out',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        method: `<ds:CanonicalizationMethod Algorithm="${ids.exclusive}">${xpath}</ds:CanonicalizationMethod>`,
      },
    }),
    control: response(),
  }),
}

const xpath = '<ds:XPath>not(ancestor-or-self::ds:Reference)</ds:XPath>'
