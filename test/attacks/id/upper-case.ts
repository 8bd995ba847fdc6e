import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an unknown element ahead of the signed assertion has the same ID, for whoever resolves it to the first match',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: inStatusDetail(signed, `<decoy ID="${p.assertionId}"></decoy>`),
      control: inStatusDetail(signed, '<decoy ID="_other"></decoy>'),
    }
  },
}
