import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the URI is the ID without a hash: the name of another document, which lenient verifiers take for the ID',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    return { evil: response({ ...p, signature: { uri: p.assertionId } }), control: response(p) }
  },
}
