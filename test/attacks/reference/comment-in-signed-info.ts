import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a comment stands in SignedInfo, which canonicalisation drops, so that the signature still holds',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '<ds:SignedInfo>', '<ds:SignedInfo><!--<ds:Reference/>-->'), control: good }
  },
}
