import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, encryptedKey, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'there is one encrypted key more than is ever tried, with ours as the last',
  code: 'xml_limits',
  forge: ({ ours, stranger, parts, assertion, response }) => {
    const p = parts()
    const good = encryptAssertion(assertion(p), ours.publicKey)
    const other = swap(encryptedKey(Buffer.alloc(32), stranger.publicKey, usual), ' Id="_ek"', '')
    const keys = (count: number) =>
      response(p, swap(good, '<xenc:EncryptedKey ', `${other.repeat(count)}<xenc:EncryptedKey `))
    return { evil: keys(4), control: keys(3) }
  },
}
