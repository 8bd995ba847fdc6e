import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signed Response around a good assertion was changed: the assertion alone would pass',
  code: 'signature_digest',
  forge: ({ parts, response }) => {
    const good = response(parts({ sign: 'both' }))
    return { evil: swap(good, ' Version="2.0"', ' Consent="urn:example:given" Version="2.0"'), control: good }
  },
}
