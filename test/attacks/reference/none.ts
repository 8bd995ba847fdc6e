import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a valid signature covers a SignedInfo without any Reference: all of no digests are right',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, /<ds:Reference .*<\/ds:Reference>/s, '') } }),
    control: response(),
  }),
}
