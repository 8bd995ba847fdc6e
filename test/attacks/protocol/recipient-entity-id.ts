import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient is our entity ID instead of our ACS URL, for whoever accepts any name of ours',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({ evil: response({ recipient: sp.entityId }), control: response() }),
}
