import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the Response carries its good signature twice, the second for whoever looks for the last one',
  code: 'schema_invalid',
  forge: ({ parts, response }) => {
    const good = response(parts({ sign: 'response' }))
    return { evil: swap(good, '<samlp:Status>', `${signatureIn(good)}<samlp:Status>`), control: good }
  },
}
