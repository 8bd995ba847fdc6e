import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the plaintext declares UTF-7, in which harmless letters are tags to a parser that believes it',
  code: 'xml_forbidden',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const of = (encoding: string) =>
      response(p, encryptAssertion(`<?xml version="1.0" encoding="${encoding}"?>${assertion(p)}`, ours.publicKey))
    return { evil: of('UTF-7'), control: of('UTF-8') }
  },
}
