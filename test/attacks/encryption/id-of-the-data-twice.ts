import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the EncryptedData has the ID of the Response, so that a reference to one may find the other',
  code: 'schema_invalid',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const good = encryptAssertion(assertion(p), ours.publicKey)
    const named = swap(good, ' Type=', ` Id="${p.responseId}" Type=`)
    return { evil: response(p, named), control: response(p, good) }
  },
}
