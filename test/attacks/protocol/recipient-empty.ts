import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient is empty, for whoever takes an empty text as none',
  code: 'subject_confirmation',
  forge: ({ response }) => ({ evil: response({ recipient: '' }), control: response() }),
}
