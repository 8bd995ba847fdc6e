import type { Attack } from '../../support/attack.ts'
import { cut, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an XInclude stands where the assertion should, for a parser that fetches it',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const control = response()
    const include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://sink.example/assertion.xml"/>'
    return { evil: swap(control, cut(control, 'saml:Assertion'), include), control }
  },
}
