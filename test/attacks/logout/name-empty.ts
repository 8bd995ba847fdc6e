import { nameId } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the name is empty',
  code: 'subject_missing',
  forge: stage => ({ evil: stage.form({ name: nameId('') }), control: stage.form() }),
}
