import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction splits the SignatureValue, and some readers take its words for text',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '</ds:SignatureValue>', '<?x AAAA?></ds:SignatureValue>'), control: good }
  },
}
