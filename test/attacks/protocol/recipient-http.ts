import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient is our ACS over http, where somebody may have listened',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({
    evil: response({ recipient: sp.acsUrl.replace('https', 'http') }),
    control: response(),
  }),
}
