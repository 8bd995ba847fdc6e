import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the data is said to be the content of an element, where a SAML message encrypts whole elements (saml-core §2.3.4)',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: swap(good, 'xmlenc#Element"', 'xmlenc#Content"'), control: good }
  },
}
