import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient begins with our ACS URL and goes on, for whoever compares with startsWith',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({ evil: response({ recipient: `${sp.acsUrl}/../../c2/acs` }), control: response() }),
}
