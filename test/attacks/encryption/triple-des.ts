import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { changeCipher, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the assertion is encrypted by Triple DES, whose blocks are small and unprotected',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const good = encryptAssertion(assertion(p), ours.publicKey)
    const [key, iv] = [randomBytes(24), randomBytes(8)]
    const cipher = createCipheriv('des-ede3-cbc', key, iv)
    const data = Buffer.concat([iv, cipher.update(assertion(p)), cipher.final()])
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const wrapped = changeCipher(good, 'key', () => publicEncrypt({ key: ours.publicKey, padding }, key))
    const named = swap(wrapped, usual.data, 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc')
    return {
      evil: response(
        p,
        changeCipher(named, 'data', () => data),
      ),
      control: response(p, good),
    }
  },
}
