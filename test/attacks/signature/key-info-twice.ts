import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a stranger signs with two KeyInfo elements, the trusted one and its own, for verifiers that read different ones',
  code: 'schema_invalid',
  forge: ({ stranger, response }) => {
    const data = `<ds:X509Data><ds:X509Certificate>${stranger.bareCertificate}</ds:X509Certificate></ds:X509Data>`
    const after = (text: string) => swap(text, '</ds:Signature>', `<ds:KeyInfo>${data}</ds:KeyInfo></ds:Signature>`)
    return { evil: response({ signature: { key: stranger.privateKey, after } }), control: response() }
  },
}
