import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a raw tag stands in the value of an attribute, where a scanner by pattern sees an element',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: inStatusDetail(signed, '<decoy a="<saml:Assertion>"></decoy>'),
      control: inStatusDetail(signed, '<decoy a="&lt;saml:Assertion>"></decoy>'),
    }
  },
}
