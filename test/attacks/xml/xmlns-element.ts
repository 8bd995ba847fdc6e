import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an element has the prefix xmlns, which means no namespace, or the one of declarations',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: inStatusDetail(signed, '<xmlns:decoy></xmlns:decoy>'),
      control: inStatusDetail(signed, '<decoy></decoy>'),
    }
  },
}
