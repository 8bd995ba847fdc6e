import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the signature in the Response validly covers only the assertion in it: the Response is not signed at all',
  code: 'signature_layout',
  forge: ({ parts, assertion, response }) => {
    const p = parts({ sign: 'response' })
    const digested = assertion(p)
    return { evil: response({ ...p, signature: { uri: `#${p.assertionId}`, digested } }), control: response(p) }
  },
}
