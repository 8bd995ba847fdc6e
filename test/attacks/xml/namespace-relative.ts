import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Response declares a relative namespace, which canonicalisation must refuse and which nobody expects to',
  code: ['xml_forbidden', 'xml_malformed'],
  forge: ({ response }) => {
    const signed = response()
    const declare = (uri: string) => swap(signed, '<samlp:Response ', `<samlp:Response xmlns:x="${uri}" `)
    return { evil: declare('../evil'), control: declare('urn:x') }
  },
}
