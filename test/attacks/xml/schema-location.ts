import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the message says where the schema of its own type is to be fetched, and that type would allow everything',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const control = response()
    const hint =
      ' xmlns:evil="urn:evil" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
      ' xsi:schemaLocation="urn:evil http://sink.example/evil.xsd" xsi:type="evil:Anything"'
    return { evil: swap(control, '<samlp:Status>', `<samlp:Status${hint}>`), control }
  },
}
