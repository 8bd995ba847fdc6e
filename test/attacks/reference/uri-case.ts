import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the ID in the URI is in capitals, for a verifier that compares without regard to case',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts({ assertionId: '_assertion' })
    return { evil: response({ ...p, signature: { uri: '#_ASSERTION' } }), control: response(p) }
  },
}
