import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the ID of the signed assertion is a piece of XPath, for whoever pastes it into a query',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ assertionId: "_a' or '1'='1" }),
    control: response({ assertionId: '_a' }),
  }),
}
