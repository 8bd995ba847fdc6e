import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { changeCipher } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'at a connection that takes AES-CBC under an unsigned Response, the padding is spoilt',
  code: 'decryption_failed',
  trust: { allowCbcUnsigned: true },
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, how))
    const spoilt = (data: Buffer) => {
      const changed = Buffer.from(data)
      const last = changed.length - 17
      changed.writeUInt8(changed.readUInt8(last) ^ 0x80, last)
      return changed
    }
    return { evil: changeCipher(good, 'data', spoilt), control: good }
  },
}

const how = { ...usual, data: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }
