import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'an element cuts the name',
  code: 'schema_invalid',
  forge: stage => ({
    evil: stage.redirect({ edit: xml => xml.replace('>alice<', '>ali<b>c</b>e<') }),
    control: stage.redirect(),
  }),
}
