import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'xml:space on the Response is inherited by what inclusive canonicalisation signs, and changes it from outside',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const control = response()
    return { evil: swap(control, '<samlp:Response ', '<samlp:Response xml:space="preserve" '), control }
  },
}
