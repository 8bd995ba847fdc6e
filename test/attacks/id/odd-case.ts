import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an unknown element repeats the ID of the signed assertion in an attribute iD, for whoever ignores case in names',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: inStatusDetail(signed, `<decoy iD="${p.assertionId}"></decoy>`),
      control: inStatusDetail(signed, '<decoy iD="_other"></decoy>'),
    }
  },
}
