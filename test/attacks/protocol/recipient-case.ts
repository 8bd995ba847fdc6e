import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient is our ACS URL in other case: paths are told apart by case',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({ evil: response({ recipient: sp.acsUrl.toUpperCase() }), control: response() }),
}
