import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the NameID is empty: everybody whose name is empty would be one person',
  code: 'subject_missing',
  forge: ({ response }) => ({ evil: response({ nameId: '' }), control: response() }),
}
