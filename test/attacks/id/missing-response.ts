import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Response has no ID, so that no later Reference could name it',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const signed = response({ responseId: '_r' })
    return { evil: swap(signed, ' ID="_r"', ''), control: signed }
  },
}
