import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a good Response holds an assertion that a stranger signed: every signature that is present must verify',
  code: 'signature_unknown_key',
  forge: ({ stranger, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    return {
      evil: response(p, assertion({ ...p, signature: { key: stranger.privateKey } })),
      control: response(p),
    }
  },
}
