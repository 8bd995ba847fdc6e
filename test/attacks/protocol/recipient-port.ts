import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient is on another port of our host, where another service listens',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({
    evil: response({ recipient: sp.acsUrl.replace('.example', '.example:8443') }),
    control: response(),
  }),
}
