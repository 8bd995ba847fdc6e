import { constants, privateDecrypt, publicEncrypt } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the key is wrapped under an OAEP label that the message does not state',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const labelled = (wrapped: Buffer) =>
      publicEncrypt(
        { key: ours.publicKey, padding, oaepLabel: Buffer.from('label') },
        privateDecrypt({ key: ours.privateKey, padding }, wrapped),
      )
    return { evil: changeCipher(good, 'key', labelled), control: good }
  },
}
