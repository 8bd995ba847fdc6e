import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the ID of the signed assertion is an XPointer with a quoted name, for whoever evaluates the fragment of the Reference',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ assertionId: "xpointer(id('_a'))" }),
    control: response({ assertionId: '_a' }),
  }),
}
