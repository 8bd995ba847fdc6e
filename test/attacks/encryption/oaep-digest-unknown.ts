import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the OAEP digest is MD5, which is on no list',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, { ...usual, digest: 'sha256' }))
    const md5 = 'http://www.w3.org/2001/04/xmldsig-more#md5'
    return { evil: swap(good, 'http://www.w3.org/2001/04/xmlenc#sha256', md5), control: good }
  },
}
