import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the prefix xml is bound to a namespace of the attacker, so that xml:id means something else to each parser',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response()
    return { evil: swap(control, '<samlp:Response ', '<samlp:Response xmlns:xml="urn:evil" '), control }
  },
}
