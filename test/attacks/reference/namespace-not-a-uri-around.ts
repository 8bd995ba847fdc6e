import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the unsigned Response declares a namespace that is no URI, at which the canonicalisation of the signed assertion fails',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '<samlp:Response ', '<samlp:Response xmlns:x="http://[x" '), control: good }
  },
}
