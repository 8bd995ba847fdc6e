import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Issuer has a slash more than the one we trust, for whoever normalises names',
  code: 'issuer_mismatch',
  forge: ({ idp, response }) => ({ evil: response({ issuer: `${idp.issuer}/` }), control: response() }),
}
