import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the mask generation of OAEP is one that nobody knows, and a default would be taken',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const how = { ...usual, transport: 'http://www.w3.org/2009/xmlenc11#rsa-oaep', mgf: 'sha256' }
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, how))
    return { evil: swap(good, '#mgf1sha256', '#mgf1md5'), control: good }
  },
}
