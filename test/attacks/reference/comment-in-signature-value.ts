import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a comment splits the SignatureValue: readers of its first text and readers of all of it see different values',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '</ds:SignatureValue>', '<!--AAAA--></ds:SignatureValue>'), control: good }
  },
}
