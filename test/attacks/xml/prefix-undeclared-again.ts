import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a prefix is bound to nothing inside its own scope, which only XML 1.1 allows',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: inStatusDetail(signed, '<x:a xmlns:x="urn:x"><b xmlns:x=""></b></x:a>'),
      control: inStatusDetail(signed, '<x:a xmlns:x="urn:x"><b xmlns:x="urn:y"></b></x:a>'),
    }
  },
}
