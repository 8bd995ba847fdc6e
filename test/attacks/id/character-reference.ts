import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an unknown element repeats the ID with a letter written as &#65;, for whoever compares the text as it came',
  code: 'duplicate_id',
  forge: ({ response }) => {
    const signed = response({ assertionId: '_A' })
    return {
      evil: inStatusDetail(signed, '<decoy ID="_&#65;"></decoy>'),
      control: inStatusDetail(signed, '<decoy ID="_&#66;"></decoy>'),
    }
  },
}
