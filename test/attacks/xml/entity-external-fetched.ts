import type { Attack } from '../../support/attack.ts'
import { before, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an external entity in StatusMessage points into our network, for a parser that fetches before anything is verified',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = before(response(), '</samlp:Status>', '<samlp:StatusMessage>&far;</samlp:StatusMessage>')
    const doctype = '<!DOCTYPE r [<!ENTITY far SYSTEM "http://sink.example/far">]>'
    return { evil: doctype + signed, control: swap(signed, '&far;', 'far') }
  },
}
