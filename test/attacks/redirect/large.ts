import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message is larger than any logout',
  code: 'xml_limits',
  forge: stage => ({
    evil: stage.redirect({ sessionIndexes: Array.from({ length: 700 }, (_, at) => `_session-index-${at}`) }),
    control: stage.redirect({ sessionIndexes: ['_one'] }),
  }),
}
