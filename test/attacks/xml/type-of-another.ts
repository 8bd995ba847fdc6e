import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Response claims the type of an assertion, for whoever believes the type before the name',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const signed = response()
    const declared =
      'xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    const claim = (type: string) => swap(signed, '<samlp:Response ', `<samlp:Response ${declared} xsi:type="${type}" `)
    return { evil: claim('a:AssertionType'), control: claim('samlp:ResponseType') }
  },
}
