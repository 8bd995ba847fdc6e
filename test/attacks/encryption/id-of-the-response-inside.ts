import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the assertion that comes out has the ID of the Response around it, which is seen only after decryption',
  code: 'duplicate_id',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const of = (q: typeof p) => response(q, encryptAssertion(assertion(q), ours.publicKey))
    return { evil: of({ ...p, assertionId: p.responseId }), control: of(p) }
  },
}
