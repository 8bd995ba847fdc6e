import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'backspaces in the name make it look like another one in a log, though XML 1.0 forbids them',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response({ nameId: 'evil' })
    return { evil: swap(control, '>evil<', '>evil\b\b\b\badmin<'), control }
  },
}
