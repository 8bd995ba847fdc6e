import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'one attribute comes twice by two prefixes of one namespace, of which a lenient parser keeps either',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    const decoy = (uri: string) => `<decoy xmlns:a="urn:a" xmlns:b="${uri}" a:x="1" b:x="2"></decoy>`
    return { evil: inStatusDetail(signed, decoy('urn:a')), control: inStatusDetail(signed, decoy('urn:b')) }
  },
}
