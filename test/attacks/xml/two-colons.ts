import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an element name has two colons, so that its local name depends on who cuts where',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: inStatusDetail(signed, '<x:y:Assertion xmlns:x="urn:x"></x:y:Assertion>'),
      control: inStatusDetail(signed, '<x:Assertion xmlns:x="urn:x"></x:Assertion>'),
    }
  },
}
