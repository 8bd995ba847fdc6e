import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Response has an attribute of an unknown namespace, which the schema of SAML leaves no room for',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const signed = response()
    const declared = swap(signed, '<samlp:Response ', '<samlp:Response xmlns:e="urn:evil" ')
    return { evil: swap(declared, ' IssueInstant=', ' e:admin="true" IssueInstant='), control: declared }
  },
}
