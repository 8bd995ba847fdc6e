import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a processing instruction cuts the name',
  code: 'xml_forbidden',
  forge: stage => ({
    evil: stage.redirect({ edit: xml => xml.replace('>alice<', '>alice<?x?>.evil<') }),
    control: stage.redirect(),
  }),
}
