import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'one unknown element carries ID and Id with one value, so that two look-ups count one element or two',
  code: 'duplicate_id',
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: inStatusDetail(signed, '<decoy ID="_decoy" Id="_decoy"></decoy>'),
      control: inStatusDetail(signed, '<decoy ID="_decoy" Id="_other"></decoy>'),
    }
  },
}
