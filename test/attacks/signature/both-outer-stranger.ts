import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'around a good assertion stands a Response signed by a stranger: one good signature does not excuse a bad one',
  code: 'signature_unknown_key',
  forge: ({ stranger, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const inner = assertion(p)
    return {
      evil: response({ ...p, signature: { key: stranger.privateKey } }, inner),
      control: response(p, inner),
    }
  },
}
