import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a comment cuts the name',
  code: 'xml_forbidden',
  forge: stage => ({
    evil: stage.form({ edit: xml => xml.replace('>alice<', '>alice<!-- -->.evil<') }),
    control: stage.form(),
  }),
}
