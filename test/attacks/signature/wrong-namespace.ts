import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature is in a namespace that is almost the right one, for whoever looks only at local names',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"', wrong), control: good }
  },
}

const wrong = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig"'
