import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message has a DOCTYPE',
  code: 'xml_forbidden',
  forge: stage => ({ evil: stage.redirect({ edit: xml => `<!DOCTYPE x>${xml}` }), control: stage.redirect() }),
}
