import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a DOCTYPE stands in StatusDetail, for a parser that takes it wherever it comes',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    const control = inStatusDetail(signed, '')
    return { evil: inStatusDetail(signed, '<!DOCTYPE r SYSTEM "http://sink.example/r.dtd">'), control }
  },
}
