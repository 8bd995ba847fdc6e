import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient spells out the default port: a comparison of URLs would pass it, one of names does not',
  code: 'subject_confirmation',
  forge: ({ sp, response }) => ({
    evil: response({ recipient: sp.acsUrl.replace('.example', '.example:443') }),
    control: response(),
  }),
}
