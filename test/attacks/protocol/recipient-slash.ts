import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient has a slash more than our ACS URL, for whoever normalises paths',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({ evil: response({ recipient: `${sp.acsUrl}/` }), control: response() }),
}
