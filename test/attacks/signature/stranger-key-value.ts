import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a stranger signs and states its public key as KeyValue, which verifiers without a pinned key would take',
  code: 'signature_unknown_key',
  forge: ({ stranger, response }) => {
    const { n = '', e = '' } = stranger.publicKey.export({ format: 'jwk' })
    const part = (name: string, value: string) =>
      `<ds:${name}>${Buffer.from(value, 'base64url').toString('base64')}</ds:${name}>`
    const key = `<ds:RSAKeyValue>${part('Modulus', n)}${part('Exponent', e)}</ds:RSAKeyValue>`
    const keyInfo = `<ds:KeyInfo><ds:KeyValue>${key}</ds:KeyValue></ds:KeyInfo>`
    return { evil: response({ signature: { key: stranger.privateKey, keyInfo } }), control: response() }
  },
}
