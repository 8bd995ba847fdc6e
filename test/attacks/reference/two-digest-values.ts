import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a Reference has two DigestValues, one of the assertion and one of another: readers of the first and of the last differ',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, '<ds:DigestValue>', '<ds:DigestValue>AAAA</ds:DigestValue><ds:DigestValue>'),
      },
    }),
    control: response(),
  }),
}
