import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a stranger signs and has the verifier fetch the certificate from its own server',
  code: 'signature_unknown_key',
  forge: ({ stranger, response }) => {
    const type = 'http://www.w3.org/2000/09/xmldsig#rawX509Certificate'
    const method = `<ds:RetrievalMethod Type="${type}" URI="http://sink.example/certificate"></ds:RetrievalMethod>`
    const keyInfo = `<ds:KeyInfo>${method}</ds:KeyInfo>`
    return {
      evil: response({ signature: { key: stranger.privateKey, keyInfo } }),
      control: response({ signature: { keyInfo } }),
    }
  },
}
