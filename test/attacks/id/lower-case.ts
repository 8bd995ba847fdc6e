import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an unknown element repeats the ID of the signed assertion in an attribute id, as HTML has it',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: inStatusDetail(signed, `<decoy id="${p.assertionId}"></decoy>`),
      control: inStatusDetail(signed, '<decoy id="_other"></decoy>'),
    }
  },
}
