import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'a forged plain assertion stands beside the good encrypted one: checked is one, read the other',
  code: 'response_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = encryptAssertion(assertion(p), ours.publicKey)
    const forged = assertion({ ...p, sign: 'none', nameId: 'admin', assertionId: '_forged' })
    return { evil: response(p, forged + good), control: response(p, good) }
  },
}
