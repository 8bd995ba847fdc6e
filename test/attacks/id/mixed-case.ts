import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an unknown element repeats the ID of the signed assertion in an attribute Id, which signature libraries look up too',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: inStatusDetail(signed, `<decoy Id="${p.assertionId}"></decoy>`),
      control: inStatusDetail(signed, '<decoy Id="_other"></decoy>'),
    }
  },
}
