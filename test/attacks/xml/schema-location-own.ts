import type { Attack } from '../../support/attack.ts'
import { before, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the message says where the schemas of SAML are to be fetched, in place of ours, and holds what only those allow',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const signed = response()
    const location = 'urn:oasis:names:tc:SAML:2.0:protocol http://sink.example/p.xsd'
    const hint = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${location}"`
    const hinted = swap(signed, '<samlp:Response ', `<samlp:Response ${hint} `)
    return { evil: before(hinted, '<samlp:Status>', '<samlp:Anything></samlp:Anything>'), control: hinted }
  },
}
