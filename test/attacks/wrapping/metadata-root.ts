import type { Attack } from '../../support/attack.ts'
import { metadata } from '../../support/other-messages.ts'

export const attack: Attack = {
  misdeed:
    'signed metadata with a whole Response in its Extensions comes for a login, for whoever takes any signed document',
  code: 'schema_invalid',
  forge: stage => ({
    evil: metadata(stage, stage.response()),
    control: stage.response(),
  }),
}
