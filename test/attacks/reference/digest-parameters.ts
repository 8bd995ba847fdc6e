import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the DigestMethod carries parameters that one verifier might heed and another not',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, '</ds:DigestMethod>', '<x xmlns="urn:example">8</x></ds:DigestMethod>'),
      },
    }),
    control: response(),
  }),
}
