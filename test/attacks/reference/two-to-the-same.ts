import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the Reference stands there twice, so that one may be checked and the other taken',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: { signedInfo: text => swap(text, /<ds:Reference .*<\/ds:Reference>/s, found => found + found) },
    }),
    control: response(),
  }),
}
