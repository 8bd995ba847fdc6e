import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient is our ACS URL with a query, which some would cut off before comparing',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({ evil: response({ recipient: `${sp.acsUrl}?tenant=c2` }), control: response() }),
}
