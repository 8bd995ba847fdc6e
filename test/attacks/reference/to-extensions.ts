import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature in the assertion covers an element in Extensions, and nothing of the assertion',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = '<x xmlns="urn:example" ID="_signed"></x>'
    const extended = (xml: string) =>
      swap(xml, '<samlp:Status>', `<samlp:Extensions>${signed}</samlp:Extensions><samlp:Status>`)
    return {
      evil: extended(response({ ...p, signature: { uri: '#_signed', digested: signed } })),
      control: extended(response(p)),
    }
  },
}
