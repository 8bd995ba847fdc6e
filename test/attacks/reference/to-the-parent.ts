import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the signature in the assertion validly covers the Response around it: what is signed is not where it stands',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    const digested = response({ ...p, sign: 'none' })
    return { evil: response({ ...p, signature: { uri: `#${p.responseId}`, digested } }), control: response(p) }
  },
}
