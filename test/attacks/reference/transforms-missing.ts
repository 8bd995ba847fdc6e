import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the Reference has no Transforms: a verifier that adds the usual ones by itself would take it',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, /<ds:Transforms>.*<\/ds:Transforms>/s, '') } }),
    control: response(),
  }),
}
