import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the digest names an algorithm that nobody knows, which a verifier might treat as SHA-256',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, ids.digest.sha256, 'urn:example:sha256') } }),
    control: response(),
  }),
}
