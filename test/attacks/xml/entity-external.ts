import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the value of an attribute is an external entity, so that a file of ours comes back to the attacker in an error',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    const valued = swap(signed, '>alice@acme.example<', '>&file;<')
    return { evil: `<!DOCTYPE r [<!ENTITY file SYSTEM "file:///etc/passwd">]>${valued}`, control: signed }
  },
}
