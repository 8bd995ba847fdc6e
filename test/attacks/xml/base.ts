import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'xml:base on the Response turns “#ID” into a foreign address, for a signature library that fetches References',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const control = response()
    return { evil: swap(control, '<samlp:Response ', '<samlp:Response xml:base="http://sink.example/" '), control }
  },
}
