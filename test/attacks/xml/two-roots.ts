import type { Attack } from '../../support/attack.ts'
import { forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged Response follows the signed one, for one parser that reads the first root and one that reads the last',
  code: 'xml_malformed',
  forge: stage => {
    const control = stage.response()
    return { evil: control + stage.response({ sign: 'none' }, forgery(stage)), control }
  },
}
