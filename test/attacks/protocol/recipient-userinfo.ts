import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'our host stands before an @ in the Recipient, for whoever compares the beginning of the URL',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({
    evil: response({ recipient: sp.acsUrl.replace('.example', '.example@evil.example') }),
    control: response(),
  }),
}
